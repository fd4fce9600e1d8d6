/** `npm run train`: trains a model. */
import { join } from 'node:path';
import { parseChoice, parseWhole } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, userPath } from '../../engine/command-line/command.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { Progress } from '../loop/progress.ts';
import { DEFAULT_PRESET, findPreset, PRESET_NAMES } from '../presets/index.ts';
import { runOne } from './run-one.ts';
import { runSweepCommand } from './run-sweep.ts';

const HELP = `Usage: npm run train -- [options]

Trains a model and writes OUT/model.ktx2, with checkpoints on the way and a report
in OUT/report.html that grows from the first minute on.

  --preset NAME      what to train: ${PRESET_NAMES.join(', ')} (default ${DEFAULT_PRESET})
  --data DIR         folder of MNIST's IDX files, or of others of the same names, gzip
                     or not (default data/mnist, fetched from MNIST's mirrors and
                     checked if it is not there)
  --synthetic        digits of the project's own handwriting instead of MNIST
  --strokes DIR      also draws digits, and what is none, from the pen strokes in
                     DIR's *train*.json.gz, with the page's brush and at any size;
                     "handwriting" for strokes of the project's own hand
  --classes FILE     names the classes of the data, if there is no classes.json beside
                     it (see training/README.md)
  --steps N          training steps
  --batch N          digits a step
  --seed N           seed of everything random
  --set FIELD=VALUE  any other field of the recipe, such as optimizer.peak=0.001;
                     the value is JSON or a word; may be given more than once
  --backend NAME     ${BACKEND_NAMES.join(', ')} (default auto)
  --workers N        threads that share each batch (default: one a core, or 1 on a GPU)
  --out DIR          the run's folder (default runs/PRESET)
  --from FILE        begins with the weights of a model (.ktx2, a checkpoint or
                     safetensors) in place of random ones
  --resume           goes on from OUT's checkpoint as if it had never stopped
  --check-digits N   digits that the report looks at now and then (default 100);
                     0 for no report
  --checkpoint-seconds N  seconds between two checkpoints (default 60); 0 for one a step
  --sweep FILE       runs and ranks all settings of a JSON file instead (see
                     training/README.md); OUT is then runs/sweep by default
  --shard I/N        only part I, from 1, of N of the sweep; by default what a
                     SLURM array or an indexed Kubernetes job says
  --json             one JSON object a line (see training/README.md)
  --help             this text

Ctrl-C saves a checkpoint and ends with code 130; --resume goes on from there.
`;

function parseOverrides(values: {
  steps?: string;
  batch?: string;
  seed?: string;
  set?: string[];
}): Map<string, unknown> {
  const overrides = new Map<string, unknown>();
  for (const text of values.set ?? []) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--set takes FIELD=VALUE, not "${text}".`);
    const value = text.slice(at + 1);
    try {
      overrides.set(text.slice(0, at), JSON.parse(value));
    } catch {
      overrides.set(text.slice(0, at), value);
    }
  }
  for (const name of ['steps', 'batch', 'seed'] as const) {
    const text = values[name];
    if (text === undefined) continue;
    if (overrides.has(name)) throw new UsageError(`"${name}" is given twice.`);
    overrides.set(name, parseWhole(text, `--${name}`));
  }
  return overrides;
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      preset: { type: 'string' },
      data: { type: 'string' },
      synthetic: { type: 'boolean' },
      strokes: { type: 'string' },
      classes: { type: 'string' },
      steps: { type: 'string' },
      batch: { type: 'string' },
      seed: { type: 'string' },
      set: { type: 'string', multiple: true },
      backend: { type: 'string', default: 'auto' },
      workers: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      resume: { type: 'boolean', default: false },
      'check-digits': { type: 'string', default: '100' },
      'checkpoint-seconds': { type: 'string', default: '60' },
      sweep: { type: 'string' },
      shard: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.sweep !== undefined) {
    const own = (['preset', 'steps', 'batch', 'seed', 'set', 'from'] as const).find(
      (name) => values[name] !== undefined,
    );
    if (own) throw new UsageError(`--${own} belongs into the sweep file, not beside --sweep.`);
    if (values.resume) throw new UsageError('A sweep goes on where it stopped without --resume.');
    await runSweepCommand({ ...values, sweep: values.sweep }, process.env, process.stdout);
    return;
  }
  if (values.shard !== undefined) throw new UsageError('--shard is for --sweep.');
  const backend = parseChoice(values.backend, '--backend', BACKEND_NAMES);
  if (values.synthetic && values.data) throw new UsageError('--synthetic and --data contradict each other.');
  if (values.from !== undefined && values.resume) throw new UsageError('--from and --resume contradict each other.');
  const preset = values.preset === undefined ? null : findPreset(values.preset).name;
  await runOne(
    {
      preset,
      overrides: parseOverrides(values),
      data: { data: values.data, synthetic: values.synthetic, strokes: values.strokes, classes: values.classes },
      backend,
      workers: values.workers === undefined ? null : parseWhole(values.workers, '--workers', 1, 4096),
      folder: values.out === undefined ? join('runs', preset ?? DEFAULT_PRESET) : userPath(values.out),
      resume: values.resume,
      from: values.from === undefined ? null : userPath(values.from),
      checkDigits: parseWhole(values['check-digits'], '--check-digits'),
      checkpointSeconds: parseWhole(values['checkpoint-seconds'], '--checkpoint-seconds'),
    },
    new Progress(process.stdout, values.json),
  );
});
