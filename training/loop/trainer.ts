/**
 * The training loop: steps, progress, checkpoints, and the return to a
 * checkpoint if the loss explodes. On request it stops early, with a checkpoint.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { messageOf } from '../../engine/common/error-message.ts';
import { UserError } from '../../engine/command-line/command.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { loadCheckpoint, saveCheckpoint, type FileWriter } from './checkpoint.ts';
import { exportModel, type DataSource } from './export.ts';
import { Optimizer } from '../../engine/learning/loop/optimizer.ts';
import type { DrawDigit } from './pool-sections.ts';
import type { MetricsFiles } from './metrics.ts';
import type { RunState } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import type { WorkerPool } from './worker-pool.ts';
import { trainStep } from './train-step.ts';

/** Hears of the loop's progress. */
export interface Listener {
  step(report: { step: number; steps: number; loss: number; rate: number; stepsPerSecond: number }): void;
  saved(step: number): void;
  warning(message: string): void;
}

export interface TrainerOptions {
  readonly recipe: Recipe;
  readonly team: Pick<WorkerPool, 'learn'> & Partial<Pick<WorkerPool, 'product'>>;
  /** Gives fresh digits. */
  readonly draw: DrawDigit;
  readonly data: DataSource;
  readonly commit: string | null;
  /** The run's folder. */
  readonly folder: string;
  /** Seconds between two checkpoints. */
  readonly checkpointSeconds: number;
  readonly listener: Listener;
  /** Asked before every step; true stops the run. */
  readonly shouldStop: () => boolean;
  /** Seconds since some moment; by default the real ones. */
  readonly clock?: () => number;
  /**
   * Called before the first step and between steps. Its time does not count as
   * training. It may change `checks` of the state, and nothing else.
   */
  readonly observe?: (state: RunState, moment: 'start' | 'step') => Promise<void>;
  /** Where the figures of every step go. */
  readonly metrics?: MetricsFiles;
  /** For tests of disks that fail. */
  readonly writeFile?: FileWriter;
}

const MOST_SETBACKS = 3;
const SETBACK_RATE_FACTOR = 0.5;
/** Steps whose duration the rate is measured over. */
const RATE_WINDOW = 50;

/**
 * Trains `state` to the recipe's last step or until it is stopped, and saves it.
 * @returns the state, and whether it reached the last step
 * @throws UserError if the loss explodes for the fourth time or the last checkpoint cannot be written
 */
export async function runTraining(
  start: RunState,
  options: TrainerOptions,
): Promise<{ state: RunState; done: boolean }> {
  const { recipe, team, draw, listener, folder } = options;
  const clock = options.clock ?? (() => performance.now() / 1000);
  const optimizer = new Optimizer(recipe, variablesOf(trainedSpecification(recipe)), team.product);
  let state = start;
  let lastSave = clock();
  const durations: number[] = [];
  const save = (): void => {
    options.metrics?.flush();
    const model = exportModel(recipe, state, options.data, options.commit);
    saveCheckpoint(folder, recipe, state, model, options.writeFile);
    lastSave = clock();
    listener.saved(state.step);
  };
  const trySave = (): void => {
    try {
      save();
    } catch (fault) {
      // A full disk may have room later. The existing checkpoints stay valid.
      lastSave = clock();
      listener.warning(`No checkpoint at step ${state.step}: ${messageOf(fault)}`);
    }
  };
  // With a first checkpoint there is always one to return to. It also shows at once if the folder cannot be written.
  options.metrics?.returnTo(state.step, state.checks);
  if (state.step === 0) save();
  await options.observe?.(state, 'start');

  while (state.step < recipe.steps) {
    // Signals and timers are only heard when the event loop turns, which no step does by itself.
    await nextTurn();
    if (options.shouldStop()) break;
    const before = clock();
    const report = await trainStep(recipe, state, team, optimizer, draw);
    if (report.exploded) {
      state = goBack(state, report.loss, options);
      options.metrics?.returnTo(state.step, state.checks);
      // A run that is killed now must remember that it went back.
      trySave();
      continue;
    }
    const now = clock();
    durations.push(now - before);
    state.seconds += now - before;
    if (durations.length > RATE_WINDOW) durations.shift();
    options.metrics?.step({ ...report, step: state.step, seconds: state.seconds });
    const stepsPerSecond = durations.length / durations.reduce((total, value) => total + value, 1e-9);
    listener.step({ step: state.step, steps: recipe.steps, loss: report.loss, rate: report.rate, stepsPerSecond });
    if (now - lastSave >= options.checkpointSeconds && state.step < recipe.steps) trySave();
    if (state.step < recipe.steps) await options.observe?.(state, 'step');
  }
  save();
  return { state, done: state.step >= recipe.steps };
}

function goBack(state: RunState, loss: number, { folder, listener }: TrainerOptions): RunState {
  const setbacks = state.setbacks + 1;
  if (setbacks > MOST_SETBACKS) {
    throw new UserError(
      `The loss exploded again (${loss.toPrecision(3)} at step ${state.step}) after ${MOST_SETBACKS} tries with a lower rate; the last good checkpoint is in "${folder}".`,
    );
  }
  const { state: good } = loadCheckpoint(folder, (message) => listener.warning(message));
  good.setbacks = setbacks;
  good.rateFactor = state.rateFactor * SETBACK_RATE_FACTOR;
  listener.warning(
    `The loss exploded (${loss.toPrecision(3)} at step ${state.step}): back to step ${good.step} with ${good.rateFactor} of the rate.`,
  );
  return good;
}
