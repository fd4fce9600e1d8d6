/** `npm run compilers`: reports how GPU compilers compile the shaders of a step. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../common/error-message.ts';
import { GPU_PROGRAMS, quickProgram } from '../automaton/programs/strategies.ts';
import { decodeModelFile } from '../common/model/file.ts';
import type { Model } from '../common/model/weights.ts';
import { parseCommandLine, runCommand, UserError } from '../command-line/command.ts';
import { type Compiler, estimateMilliseconds, type Verdict } from './compilers/compiler.ts';
import { igcCompilers, missingForIgc } from './compilers/igc.ts';
import { missingForRadv, radvCompilers } from './compilers/radv.ts';
import { StepShaders } from './compilers/step-shaders.ts';
import { PROJECT_FOLDER } from './site.ts';
import { listModels } from './vite-models.ts';

const HELP = `Usage: npm run compilers [-- options]

Asks GPU compilers how they compile the shaders of a step: registers, spills,
executed instructions, the time to compile, and an estimate of the time of a
step for 400 digits. No GPU is needed, only the compilers, which are packages of
Debian; missing ones are listed and skipped.

Fails if the program that the page starts with on a GPU spills registers there
or takes more than two seconds to compile.

Options:
  --json            one JSON object instead of a table
  --model NAME      only this model
  --strategy NAME   only this strategy
  --help            shows this text`;

/** Limit for the program that the page starts with. */
const MOST_COMPILE_SECONDS = 2;

interface Row extends Verdict {
  readonly compiler: string;
  readonly model: string;
  readonly strategy: string;
  /** Whether the page starts with it on a real GPU. */
  readonly isFirst: boolean;
  /** Estimated milliseconds of a step for 400 digits, by chip. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

interface Failure {
  readonly compiler: string;
  readonly model: string;
  readonly strategy: string;
  readonly reason: string;
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      json: { type: 'boolean' },
      model: { type: 'string' },
      strategy: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const models = chosen(
    'model',
    values.model,
    listModels(join(PROJECT_FOLDER, 'assets')).map(({ name }) => name),
  );
  const strategies = chosen('strategy', values.strategy, GPU_PROGRAMS);
  const folder = mkdtempSync(join(tmpdir(), 'digits-compilers-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const compilers = installed(folder);
  const shaders = await StepShaders.open();
  const rows: Row[] = [];
  const failures: Failure[] = [];
  try {
    for (const name of models) {
      const model = decodeModelFile(readFileSync(join(PROJECT_FOLDER, 'assets', `${name}.ktx2`)));
      for (const strategy of strategies) {
        const asked = compilers.filter((compiler) => compiler.accepts(strategy));
        try {
          const made = await shaders.of(model, strategy);
          for (const compiler of asked) {
            judge({ compiler, model, strategy }, () => compiler.judge(made), rows, failures);
          }
        } catch (error) {
          failures.push({ compiler: 'any', model: name, strategy, reason: messageOf(error) });
        }
      }
    }
  } finally {
    await shaders.close();
  }
  const faults = rows.filter(({ isFirst }) => isFirst).flatMap(faultsOf);
  if (values.json) console.log(JSON.stringify({ rows, failures, faults }, null, 2));
  else console.log(tableOf(rows, failures));
  if (faults.length > 0) throw new UserError(faults.join('\n'));
});

interface Question {
  readonly compiler: Compiler;
  readonly model: Model;
  readonly strategy: string;
}

function judge({ compiler, model, strategy }: Question, ask: () => Verdict, rows: Row[], failures: Failure[]): void {
  const about = { compiler: compiler.name, model: model.specification.name, strategy };
  try {
    const verdict = ask();
    const milliseconds = Object.fromEntries(
      compiler.chips.map((chip) => [chip.name, round(estimateMilliseconds(verdict, chip))]),
    );
    rows.push({ ...about, isFirst: strategy === quickProgram(model.specification), ...verdict, milliseconds });
  } catch (error) {
    failures.push({ ...about, reason: messageOf(error) });
  }
}

function installed(folder: string): Compiler[] {
  const compilers: Compiler[] = [];
  const take = (name: string, missing: readonly string[], make: () => Compiler[]): void => {
    if (missing.length === 0) compilers.push(...make());
    else console.error(`${name} is skipped: install ${missing.join(', ')}.`);
  };
  take('AMD (Mesa’s RADV)', missingForRadv(), () => radvCompilers(folder));
  take('Intel (IGC)', missingForIgc(), () => igcCompilers(folder));
  if (compilers.length === 0) throw new UserError('No GPU compiler is installed.');
  return compilers;
}

function chosen(what: string, name: string | undefined, all: readonly string[]): readonly string[] {
  if (name === undefined) return all;
  if (!all.includes(name)) throw new UserError(`There is no ${what} "${name}"; there are ${all.join(', ')}.`);
  return [name];
}

function faultsOf({ compiler, model, strategy, spills, compileSeconds }: Row): string[] {
  const what = `${compiler}, ${model}, ${strategy}:`;
  return [
    ...(spills > 0 ? [`${what} ${spills} registers are spilled.`] : []),
    ...(compileSeconds > MOST_COMPILE_SECONDS
      ? [`${what} compiled in ${compileSeconds.toFixed(1)} s; at most ${MOST_COMPILE_SECONDS} s are allowed.`]
      : []),
  ];
}

function tableOf(rows: readonly Row[], failures: readonly Failure[]): string {
  const lines = rows.map((row) => [
    row.compiler,
    row.model,
    row.isFirst ? `${row.strategy} *` : row.strategy,
    String(row.registers),
    String(row.spills),
    String(row.alu),
    String(row.fetches),
    row.compileSeconds.toFixed(2),
    Object.entries(row.milliseconds)
      .map(([chip, time]) => `${chip} ${time}`)
      .join(', '),
  ]);
  const headings = [
    'compiler',
    'model',
    'strategy',
    'registers',
    'spills',
    'ALU',
    'fetches',
    'compile s',
    'ms, estimated',
  ];
  const widths = headings.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  const text = [headings, ...lines].map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [
    ...text,
    '* what the page starts with on a real GPU',
    ...failures.map(({ compiler, model, strategy, reason }) => `${compiler}, ${model}, ${strategy}: ${reason}`),
  ].join('\n');
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
