/** One training run from its command line to its model. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, UserError } from '../../engine/command-line/command.ts';
import { parseInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { messageOf } from '../../engine/common/error-message.ts';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import { trainingRuns, type ModelSpecification, type TrainingRun } from '../../engine/common/model/specification.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { flattenWeights } from '../../engine/learning/rollout/layers.ts';
import { widenedSpecification } from '../../engine/learning/rollout/widen.ts';
import type { BackendName } from '../backend/backend.ts';
import { readModel } from '../bake/imported-model.ts';
import { recipeForData } from '../digits/recipe-for-data.ts';
import { openTrainingData, type DataChoice, type TrainingData } from '../digits/source.ts';
import { loadCheckpoint, saveCheckpoint } from '../loop/checkpoint.ts';
import { currentCommit, exportModel } from '../loop/export.ts';
import type { Progress } from '../loop/progress.ts';
import { MetricsFiles } from '../loop/metrics.ts';
import { MODEL_NAME, REPORT_NAME, setAsideEarlierRun } from '../loop/run-folder.ts';
import { lockRun } from '../loop/run-lock.ts';
import { beginRun, learnerSettings, type Beginning, type RunState } from '../loop/run-state.ts';
import { trainedSpecification } from '../loop/trained-specification.ts';
import { WorkerPool } from '../loop/worker-pool.ts';
import { runTraining } from '../loop/trainer.ts';
import { DEFAULT_PRESET, findPreset, settingsOf } from '../presets/index.ts';
import { differingFields } from '../presets/recipe.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { asOption, recipeWith } from '../presets/settings.ts';
import { Observer } from '../report/observer.ts';
import { sameArchitecture } from './same-architecture.ts';

export interface RunOptions {
  /** Null for the default, or for that of the run to resume. */
  readonly preset: string | null;
  /** Fields of the recipe by path. */
  readonly overrides: ReadonlyMap<string, unknown>;
  readonly data: DataChoice;
  readonly backend: BackendName;
  /** Null for as many as suit the backend. */
  readonly workers: number | null;
  readonly folder: string;
  readonly resume: boolean;
  /** File of a model whose weights it begins with; null for random ones. */
  readonly from: string | null;
  /** Digits of a look on the way; 0 for no report. */
  readonly checkDigits: number;
  readonly checkpointSeconds: number;
}

/**
 * The recipe of the command line: a preset, or on a resume the run's own
 * recipe, with fields overridden.
 */
function chooseRecipe(
  { preset, overrides, data }: Pick<RunOptions, 'preset' | 'overrides' | 'data'>,
  resumed: Recipe | null,
): Recipe {
  const own = resumed && (preset ?? resumed.name) === resumed.name ? resumed : null;
  const recipe = recipeWith(own ?? recipeForData(findPreset(preset ?? DEFAULT_PRESET), data), overrides, asOption);
  const fault = resumed && sameArchitecture(trainedSpecification(resumed), trainedSpecification(recipe));
  if (fault) throw new UserError(`The checkpoint is of another architecture than "${recipe.name}": ${fault}.`);
  return recipe;
}

/** An earlier run that also tells the units of the layers that are widened now, as its preset may have more today. */
function withUnits(run: TrainingRun, narrow: ModelSpecification, wide: ModelSpecification): TrainingRun {
  const units = narrow.update.flatMap((layer, index) =>
    layer.units < wide.update[index].units ? [[`model.update.${index}.units`, String(layer.units)] as const] : [],
  );
  return { ...run, settings: { ...Object.fromEntries(units), ...run.settings } };
}

/**
 * What a run that goes on from a model begins with.
 * @throws UserError if there is no model, or one of another architecture than the recipe's;
 * hidden layers of fewer units are widened
 */
function readBeginning(path: string, recipe: Recipe): Beginning {
  const { specification, weights } = parseInputFile(path, readModel);
  const trained = trainedSpecification(recipe);
  const fault = sameArchitecture(widenedSpecification(specification, trained), trained);
  if (fault) {
    const hint = recipe.factorFilters > 0 ? ' (factorFilters=0 trains the full perception itself)' : '';
    throw new UserError(
      `The model in "${path}" is of another architecture than "${recipe.name}" trains: ${fault}${hint}.`,
    );
  }
  return {
    specification,
    weights: flattenWeights(specification, weights),
    earlier: specification.training
      ? trainingRuns(specification.training).map((run) => withUnits(run, specification, trained))
      : [],
  };
}

/** Tells which classes of an earlier model the new one will not have. */
function tellGivenUp({ specification }: Beginning, { model }: Recipe, progress: Progress): void {
  const kept = new Set(model.classes.map(({ name }) => name));
  const names = specification.classes.flatMap(({ name }) => (kept.has(name) ? [] : [name]));
  if (names.length === 0) return;
  progress.note(
    `"${specification.name}" has classes that "${model.name}" does not have: ${names.join(', ')}. Their channels go on as hidden ones where there is room.`,
  );
}

/**
 * Trains until the last step or a signal, and sets the exit code for a signal.
 * @throws UserError if the run cannot begin or has to give up
 */
export async function runOne(options: RunOptions, progress: Progress): Promise<void> {
  const { folder, resume } = options;
  const warn = (message: string): void => progress.warning(message);
  // Whatever is wrong with the recipe or the data shows before a folder is made.
  const resumed = resume ? loadCheckpoint(folder, () => undefined) : null;
  const recipe = chooseRecipe(options, resumed?.recipe ?? null);
  progress.begin(recipe, resumed?.state.step ?? 0);
  if (resumed) {
    tellChanges(resumed.recipe, recipe, resumed.state.step, progress);
    const model = join(folder, MODEL_NAME);
    if (resumed.state.step >= recipe.steps && existsSync(model)) {
      // It may hold its measured accuracy, which the checkpoint does not.
      progress.note(`The run is finished: the model is ${model}. More --steps make it go on.`, { model });
      return;
    }
  }
  if (options.workers !== null && options.workers > recipe.batch) {
    throw new UsageError(
      `--workers takes a whole number from 1 to the batch's ${recipe.batch}, not "${options.workers}".`,
    );
  }
  const beginning = options.from === null ? null : readBeginning(options.from, recipe);
  if (beginning) tellGivenUp(beginning, recipe, progress);
  const source = await openTrainingData(options.data, recipe, (message) => progress.note(message));
  const release = lockRun(folder, warn);
  try {
    await runLocked(options, recipe, beginning, source, progress);
  } finally {
    release();
  }
}

async function runLocked(
  { folder, resume, backend, workers, checkDigits, checkpointSeconds }: RunOptions,
  recipe: Recipe,
  from: Beginning | null,
  source: TrainingData,
  progress: Progress,
): Promise<void> {
  const { draw } = source;
  const warn = (message: string): void => progress.warning(message);
  const state = resume ? resumeRun(folder, recipe, progress) : beginRun(recipe, draw, from);
  const team = await WorkerPool.start(learnerSettings(recipe), backend, workers, recipe.batch);
  progress.note(
    `Training "${recipe.name}" from step ${state.step} to ${recipe.steps} on ${source.name}; backend ${team.backend.name} (${team.backend.reason}), ${team.workers} worker(s).`,
    { preset: recipe.name, backend: team.backend.name, workers: team.workers },
  );
  const aside = resume ? null : setAsideEarlierRun(folder);
  if (aside) progress.note(`The files of an earlier run in "${folder}" are now in "${aside}".`, { earlier: aside });

  let signal: NodeJS.Signals | null = null;
  const stop = (name: NodeJS.Signals): void => {
    // A second signal ends at once, as the first may wait for a step.
    if (signal) process.exit(130);
    signal = name;
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const shouldStop = (): boolean => signal !== null;
  const commit = currentCommit();
  const beginning = state.step === 0 ? state : beginRun(recipe, draw);
  const metrics = new MetricsFiles(folder, warn);
  const watched = { recipe, folder, backend: team.backend, workers: team.workers, data: source, commit };
  const observer =
    checkDigits > 0
      ? new Observer(
          {
            ...watched,
            ...{ digits: source.validation, checkDigits, beginning, shouldStop },
            listener: progress,
            looked: (checks) => metrics.looks(checks),
          },
          state,
        )
      : null;
  try {
    const result = await runTraining(state, {
      ...{ recipe, team, draw, data: source, commit, folder, checkpointSeconds, shouldStop },
      listener: progress,
      metrics,
      observe: observer?.observe,
    });
    if (result.done) {
      const path = join(folder, MODEL_NAME);
      const model = exportModel(recipe, result.state, source, commit);
      writeFileAtomic(path, encodeModelFile(model));
      await observer?.finish(result.state, true);
      if (observer) keepLastLook(folder, recipe, result.state, model, warn);
      progress.note(
        `Done: the model is ${path}${observer ? `, and ${join(folder, REPORT_NAME)} tells how it came about` : ''}.`,
        { model: path },
      );
    } else {
      await observer?.finish(result.state, false);
      progress.note(`Stopped at step ${result.state.step}; --resume goes on from there.`, { step: result.state.step });
      process.exitCode = exitCodeOf(signal);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await team.close();
  }
}

/** Saves a finished run once more: its checkpoint is older than its last look, which a run that goes on should know. */
function keepLastLook(
  folder: string,
  recipe: Recipe,
  state: RunState,
  model: Model,
  warn: (message: string) => void,
): void {
  try {
    saveCheckpoint(folder, recipe, state, model);
  } catch (fault) {
    warn(messageOf(fault));
  }
}

/** Says which settings of a resumed run are others from now on. */
function tellChanges(before: Recipe, after: Recipe, step: number, progress: Progress): void {
  const now = differingFields(before, after);
  const earlier = differingFields(after, before);
  const changes = Object.keys(now).map((field) => `${field} from ${earlier[field]} to ${now[field]}`);
  if (changes.length === 0) return;
  progress.note(`From step ${step} on, the settings are others: ${changes.join(', ')}.`, { changes: now });
}

/** The state of the run to resume, which remembers if its recipe is another one from now on. */
function resumeRun(folder: string, recipe: Recipe, progress: Progress): RunState {
  const { recipe: before, state } = loadCheckpoint(folder, (message) => progress.warning(message));
  if (Object.keys(differingFields(before, recipe)).length > 0) {
    state.changes.push({ step: state.step, settings: { ...settingsOf(before), steps: String(before.steps) } });
  }
  return state;
}

function exitCodeOf(signal: NodeJS.Signals | null): number {
  return signal === 'SIGTERM' ? 143 : 130;
}
