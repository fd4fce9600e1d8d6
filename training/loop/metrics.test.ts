/** The rows of `looks.csv` and `metrics.csv` over several lives of a run. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imagesFile } from '../digits/made-up-digits.ts';
import { digitAt, type Digits } from '../digits/digits.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import { Observer } from '../report/observer.ts';
import { loadCheckpoint } from './checkpoint.ts';
import { LOOKS_NAME, METRICS_NAME, MetricsFiles } from './metrics.ts';
import { beginRun, learnerSettings, type Check, type RunState } from './run-state.ts';
import { runTraining } from './trainer.ts';
import { WorkerPool } from './worker-pool.ts';

const STEPS = 12;
const RECIPE = parseRecipe(
  overrideFields(
    findPreset('tiny'),
    new Map<string, unknown>([
      ['model.update.0.units', 8],
      ['batch', 4],
      ['fresh', 1],
      ['mutated', 1],
      ['tail', null],
      ['pool.size', 6],
      ['rollout', 3],
      ['steps', STEPS],
      ['augmentation', null],
    ]),
  ),
);
const DIGITS: Digits = {
  name: 'strokes',
  count: 4,
  images: imagesFile(4).subarray(16),
  labels: Uint8Array.from([0, 1, 0, 1]),
  classNames: null,
};
const DATA = { name: 'strokes', digest: null };
/** A step takes so long by the clock of these tests: there is a look after every third. */
const STEP_SECONDS = 25;

describe('the records of a run', () => {
  let folder: string;
  let team: WorkerPool;
  beforeAll(async () => {
    team = await WorkerPool.start(learnerSettings(RECIPE), 'wasm', 1, 4);
  });
  afterAll(() => team.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-metrics-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The first column of a file. */
  const stepsIn = (name: string): number[] =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number.parseInt(line, 10));

  /**
   * Trains on, with a checkpoint every `checkpointSeconds`, and dies when `dies` says so of a look: nothing is written
   * after that.
   * @returns the steps of its looks
   */
  async function live(state: RunState, checkpointSeconds: number, dies: (check: Check) => boolean): Promise<number[]> {
    let time = 0;
    const clock = (): number => time;
    const warning = (message: string): void => expect.unreachable(message);
    const metrics = new MetricsFiles(folder, warning);
    const seen: number[] = [];
    const observer = new Observer(
      {
        ...{ recipe: RECIPE, folder, backend: team.backend, workers: 1, data: DATA, commit: null, clock },
        ...{ digits: DIGITS, checkDigits: 4, beginning: state, shouldStop: () => false },
        listener: { warning, check: ({ step }) => seen.push(step) },
        looked: (checks) => {
          metrics.looks(checks);
          if (dies(checks[checks.length - 1])) throw new Error('killed');
        },
      },
      state,
    );
    const draw = (): ReturnType<typeof digitAt> => digitAt(DIGITS, seen.length % 4);
    try {
      const { state: last } = await runTraining(state, {
        ...{ recipe: RECIPE, team, draw, data: DATA, commit: null, folder, checkpointSeconds, clock, metrics },
        ...{ shouldStop: () => false, observe: observer.observe },
        listener: { warning, saved: () => undefined, step: () => (time += STEP_SECONDS) },
      });
      await observer.finish(last, true);
    } catch (fault) {
      expect(fault).toEqual(new Error('killed'));
    }
    return seen;
  }
  const load = (): RunState => loadCheckpoint(folder, (message) => expect.unreachable(message)).state;

  it('have one row for each look and each step of a run that was killed after a look', async () => {
    const first = await live(
      beginRun(RECIPE, () => digitAt(DIGITS, 0)),
      4 * STEP_SECONDS,
      ({ step }) => step > 5,
    );
    const saved = load();
    const lost = first.filter((step) => step > saved.step);
    expect([lost.length, first.length]).toEqual([1, 3]);
    expect(stepsIn(LOOKS_NAME)).toEqual(first);

    // What the checkpoint does not know is gone from the first moment of the next life on.
    new MetricsFiles(folder, (message) => expect.unreachable(message)).returnTo(saved.step, saved.checks);
    const known = first.filter((step) => step <= saved.step);
    expect(stepsIn(LOOKS_NAME)).toEqual(known);

    const second = await live(saved, 4 * STEP_SECONDS, () => false);
    expect(second.length).toBeGreaterThan(1);
    expect(stepsIn(LOOKS_NAME)).toEqual([...known, ...second]);
    expect(stepsIn(LOOKS_NAME).at(-1)).toBe(STEPS);
    expect(stepsIn(METRICS_NAME)).toEqual(Array.from({ length: STEPS }, (_, index) => index + 1));
  });

  it('leave empty what a look did not measure', () => {
    const scores = { cellAccuracy: 0.5, agreement: 0.25, unanimousCorrect: 0, majorityAccuracy: 1 };
    const check: Check = { step: 3, seconds: 1.5, rate: 0.001, digits: 4, scores: { 20: scores } };
    new MetricsFiles(folder, (message) => expect.unreachable(message)).looks([check]);
    const [head, row] = readFileSync(join(folder, LOOKS_NAME), 'utf8').split('\n');
    expect(head).toBe(
      [
        'step,seconds,rate,images',
        ...[20, 80, 200].map((stop) =>
          ['cells', 'agreement', 'unanimous', 'majority'].map((name) => `${name}_${stop}`).join(),
        ),
      ].join(),
    );
    expect(row).toBe('3,1.500,0.001,4,0.50000,0.25000,0.00000,1.00000,,,,,,,,');
  });
});
