/** `npm run train`: trains a model. */
import { join } from 'node:path';
import { parseCommandLine, runCommand, UsageError, UserError, writeFileAtomic } from '../../engine/cli/command.ts';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { openTrainingData } from '../digits/source.ts';
import { loadCheckpoint, REPLACED_NAME, setAsideCheckpoint } from '../loop/checkpoint.ts';
import { currentCommit, exportModel } from '../loop/export.ts';
import { Progress } from '../loop/progress.ts';
import { beginRun, trainedSpecification } from '../loop/run-state.ts';
import { Team } from '../loop/team.ts';
import { runTraining } from '../loop/trainer.ts';
import { DEFAULT_PRESET, findPreset, PRESET_NAMES } from '../presets/index.ts';
import { overrideFields, parseRecipe, type Recipe } from '../presets/recipe.ts';
import { parseChoice, parseWhole, sameArchitecture } from './options.ts';

const HELP = `Usage: npm run train -- [options]

Trains a model and writes OUT/model.ktx2, with checkpoints on the way.

  --preset NAME      what to train: ${PRESET_NAMES.join(', ')} (default ${DEFAULT_PRESET})
  --data DIR         folder of MNIST's IDX files, gzip or not (default data/mnist,
                     fetched from MNIST's mirrors and checked if it is not there)
  --synthetic        digits of the project's own handwriting instead of MNIST
  --steps N          training steps
  --batch N          digits a step
  --seed N           seed of everything random
  --set FIELD=VALUE  any other field of the recipe, such as optimizer.peak=0.001;
                     the value is JSON or a word; may be given more than once
  --backend NAME     ${BACKEND_NAMES.join(', ')} (default auto)
  --workers N        threads that share each batch (default: one a core, or 1 on a GPU)
  --out DIR          the run's folder (default runs/PRESET)
  --resume           goes on from OUT's checkpoint as if it had never stopped
  --json             one JSON object a line
  --help             this text

Ctrl-C saves a checkpoint and ends with code 130; --resume goes on from there.
`;

const CHECKPOINT_SECONDS = 60;

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

/**
 * The recipe of the command line: a preset, or on a resume the run's own
 * recipe, with fields overridden.
 */
function chooseRecipe(preset: string | undefined, overrides: Map<string, unknown>, resumed: Recipe | null): Recipe {
  const own = resumed && (preset ?? resumed.name) === resumed.name ? resumed : null;
  const recipe = parseRecipe(overrideFields(own ?? findPreset(preset ?? DEFAULT_PRESET), overrides));
  const fault = resumed && sameArchitecture(trainedSpecification(resumed), trainedSpecification(recipe));
  if (fault) throw new UserError(`The checkpoint is of another architecture than "${recipe.name}": ${fault}.`);
  return recipe;
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      preset: { type: 'string' },
      data: { type: 'string' },
      synthetic: { type: 'boolean' },
      steps: { type: 'string' },
      batch: { type: 'string' },
      seed: { type: 'string' },
      set: { type: 'string', multiple: true },
      backend: { type: 'string', default: 'auto' },
      workers: { type: 'string' },
      out: { type: 'string' },
      resume: { type: 'boolean' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const backend = parseChoice(values.backend, '--backend', BACKEND_NAMES);
  if (values.synthetic && values.data) throw new UsageError('--synthetic and --data contradict each other.');
  const preset = values.preset === undefined ? DEFAULT_PRESET : findPreset(values.preset).name;
  const folder = values.out ?? join('runs', preset);

  const progress = new Progress(process.stdout, values.json);
  const resumed = values.resume ? loadCheckpoint(folder, (message) => progress.warning(message)) : null;
  const recipe = chooseRecipe(values.preset, parseOverrides(values), resumed?.recipe ?? null);
  const workers = values.workers === undefined ? null : parseWhole(values.workers, '--workers', 1, recipe.batch);
  const source = await openTrainingData(values, recipe.augmentation, (message) => progress.note(message));
  const state = resumed?.state ?? beginRun(recipe, source.draw);
  const settings = { specification: trainedSpecification(recipe), rollout: recipe.rollout, loss: recipe.loss };
  const team = await Team.start(settings, backend, workers, recipe.batch);
  progress.note(
    `Training "${recipe.name}" from step ${state.step} to ${recipe.steps} on ${source.name}; backend ${team.backend.name} (${team.backend.reason}), ${team.workers} worker(s).`,
    { preset: recipe.name, backend: team.backend.name, workers: team.workers },
  );
  if (!resumed && setAsideCheckpoint(folder)) {
    progress.note(`The checkpoint of an earlier run in "${folder}" is kept as ${REPLACED_NAME}.`);
  }

  let signal: NodeJS.Signals | null = null;
  const stop = (name: NodeJS.Signals): void => {
    // A second signal ends at once, as the first may wait for a step.
    if (signal) process.exit(130);
    signal = name;
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const commit = currentCommit();
  try {
    const result = await runTraining(state, {
      recipe,
      team,
      draw: source.draw,
      data: source,
      commit,
      folder,
      checkpointSeconds: CHECKPOINT_SECONDS,
      listener: progress,
      shouldStop: () => signal !== null,
    });
    if (result.done) {
      const path = join(folder, 'model.ktx2');
      writeFileAtomic(path, encodeModelFile(exportModel(recipe, result.state, source, commit)));
      progress.note(`Done: the model is ${path}.`, { model: path });
    } else {
      progress.note(`Stopped at step ${result.state.step}; --resume goes on from there.`, { step: result.state.step });
      process.exitCode = signal === 'SIGTERM' ? 143 : 130;
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await team.close();
  }
});
