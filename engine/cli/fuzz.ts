/** `npm run fuzz`: feeds mutated inputs to every parser of external data. */
import { parseWhole } from '../command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError } from '../command-line/command.ts';
import { fuzz, type FuzzReport } from './fuzz/fuzz.ts';
import { fuzzTargets } from './fuzz/targets.ts';

const HELP = `Usage: npm run fuzz [-- options]

Feeds mutated inputs to every parser: model, specification, safetensors, IDX,
picture, scene file, scene link, replay, settings, kiosk settings, hand message,
map of a wall, query string.
Each input is accepted or refused with a clear error, within bounds of time and
memory; anything else is a failure, and is printed with how to repeat it.

Options:
  --count N    total number of inputs, shared out evenly; 10000 by default
  --seed N     determines all inputs; 1 by default
  --only NAME  only this parser
  --help       shows this text`;

function lineOf({ name, count, accepted, refused, slowestMilliseconds }: FuzzReport): string {
  return `${name.padEnd(16)} ${String(count).padStart(9)} ${String(accepted).padStart(9)} ${String(refused).padStart(9)} ${slowestMilliseconds.toFixed(0).padStart(7)} ms`;
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const count = parseWhole(values.count, '--count', 1);
  const seed = parseWhole(values.seed, '--seed', 1);
  const all = await fuzzTargets();
  const targets = all.filter(({ name }) => values.only === undefined || name === values.only);
  if (targets.length === 0) {
    throw new UsageError(`There is no parser "${values.only}"; there are ${all.map(({ name }) => name).join(', ')}.`);
  }
  console.log('parser              inputs  accepted   refused   slowest');
  const faults: string[] = [];
  for (const target of targets) {
    const report = await fuzz(target, Math.ceil(count / targets.length), seed);
    console.log(lineOf(report));
    faults.push(...report.faults);
  }
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) throw new UserError(`${faults.length} inputs were neither accepted nor properly refused.`);
});
