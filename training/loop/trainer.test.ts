import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gridOf } from '../../engine/common/model/grid.ts';
import { decodeSafetensors, encodeSafetensors } from '../../engine/common/model/safetensors.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS, type Sample } from '../../engine/learning/rollout/batch.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { CELLS } from '../../engine/learning/rollout/live-cells.ts';
import { startBackend } from '../backend/backend.ts';
import { findPreset } from '../presets/index.ts';
import { overrideFields, parseRecipe } from '../presets/recipe.ts';
import { checkpointPaths, decodeCheckpoint, encodeCheckpoint, loadCheckpoint, type FileWriter } from './checkpoint.ts';
import { exportModel } from './export.ts';
import { Learner, type ShareResult } from '../../engine/learning/loop/learner.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { beginRun, learnerSettings } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import { WorkerPool } from './worker-pool.ts';
import { runTraining, type TrainerOptions } from './trainer.ts';

/** A backend or a thread takes a second to start on a quiet machine. */
vi.setConfig({ testTimeout: 60_000 });

const RECIPE = parseRecipe(
  overrideFields(
    findPreset('tiny'),
    new Map<string, unknown>([
      ['model.update.0.units', 8],
      ['batch', 4],
      ['fresh', 1],
      ['mutated', 1],
      ['tail', { share: 0.4, peak: 1e-3, averageDecay: 0.9, fresh: 1, mutated: 1 }],
      ['pool.size', 6],
      ['rollout', 3],
      ['steps', 10],
      ['schedule.warmUpSteps', 2],
      ['optimizer.basis.everySteps', 3],
    ]),
  ),
);
const DATA = { name: 'strokes', digest: null };

/** Upright or level strokes: two classes that can be told apart. */
function drawStroke(random: Random): Digit {
  const pixels = new Uint8Array(CELLS);
  const label = random.below(2);
  const start = 10 * 28 + 8 + random.below(8);
  for (let cell = 0; cell < 6; cell += 1) pixels[start + cell * (label === 0 ? 1 : 28)] = 150 + random.below(100);
  return { pixels, label };
}

describe('a training run', () => {
  let folder: string;
  let warnings: string[];
  let team: WorkerPool;
  beforeAll(async () => {
    const settings = learnerSettings(RECIPE);
    team = await WorkerPool.start(settings, 'wasm', 1, 4);
  });
  afterAll(() => team.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-trainer-'));
    warnings = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const options = (changes: Partial<TrainerOptions> = {}): TrainerOptions => ({
    recipe: RECIPE,
    team,
    draw: drawStroke,
    data: DATA,
    commit: null,
    folder,
    checkpointSeconds: 1e9,
    listener: { step: () => undefined, saved: () => undefined, warning: (message) => warnings.push(message) },
    shouldStop: () => false,
    ...changes,
  });
  const stopAfter = (steps: number): (() => boolean) => {
    let asked = 0;
    return () => asked++ >= steps;
  };
  const load = () => loadCheckpoint(folder, (message) => warnings.push(message)).state;

  it('that was stopped and resumed ends in the same weights as one that was not, bit for bit', async () => {
    const { state: whole } = await runTraining(beginRun(RECIPE, drawStroke), options());
    // Stopped before, at and after the start of the tail.
    await runTraining(beginRun(RECIPE, drawStroke), options({ shouldStop: stopAfter(3) }));
    expect(load().step).toBe(3);
    await runTraining(load(), options({ shouldStop: stopAfter(3) }));
    await runTraining(load(), options({ shouldStop: stopAfter(2) }));
    const { state: resumed, done } = await runTraining(load(), options());
    expect(done).toBe(true);
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.average).toEqual(whole.average);
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.moments).toEqual(whole.moments);
    expect(whole.moments.sides).not.toBeNull();
    expect(resumed.pool).toEqual(whole.pool);
  });

  it('moves the weights and keeps the loss of every step', async () => {
    const start = beginRun(RECIPE, drawStroke);
    const before = start.weights.slice();
    const { state } = await runTraining(start, options());
    expect(state.losses).toHaveLength(10);
    expect(state.weights).not.toEqual(before);
  });

  it('goes on from the checkpoint before when the last one is cut short, and says so', async () => {
    await runTraining(beginRun(RECIPE, drawStroke), options({ shouldStop: stopAfter(4) }));
    truncateSync(checkpointPaths(folder).last, 1000);
    expect(load().step).toBe(0);
    expect(warnings.join()).toMatch(/checkpoint .* cannot be used/);
  });

  it('refuses to resume from files that are no checkpoints', () => {
    writeFileSync(checkpointPaths(folder).last, 'not a checkpoint');
    expect(load).toThrow(/has no checkpoint that can be used/);
  });

  it('goes back with a lower rate when the loss explodes, and gives up after three times', async () => {
    const learn = async (...args: Parameters<WorkerPool['learn']>): Promise<ShareResult> => ({
      ...(await team.learn(...args)),
      loss: NaN,
    });
    const start = beginRun(RECIPE, drawStroke);
    await expect(runTraining(start, options({ team: { learn } }))).rejects.toThrow(/exploded again .* after 3 tries/);
    expect(warnings).toHaveLength(3);
    expect(warnings[2]).toMatch(/back to step 0 with 0.125 of the rate/);
  });

  it('uses its weights on the grid that the recipe asks for, and moves those that are not', async () => {
    const recipe = parseRecipe(overrideFields(RECIPE, new Map([['levels', 127]])));
    const variables = variablesOf(trainedSpecification(recipe));
    const uses: Float32Array[] = [];
    const learn = (weights: Float32Array, ...rest: [Sample[], number, number, number]): Promise<ShareResult> => {
      uses.push(weights.slice());
      return team.learn(weights, ...rest);
    };
    const { state } = await runTraining(beginRun(recipe, drawStroke), options({ recipe, team: { learn } }));
    const scalesOf = (weights: Float32Array): number[] =>
      variables
        .filter(({ shape }) => shape.length > 1)
        .map(({ offset, size }) => gridOf(weights.subarray(offset, offset + size)).scale);
    expect(scalesOf(uses[9])).not.toContain(1);
    expect(scalesOf(state.weights)).toEqual([1, 1, 1]);
  });

  it('survives one explosion and ends', async () => {
    let calls = 0;
    const learn = async (...args: Parameters<WorkerPool['learn']>): Promise<ShareResult> => {
      calls += 1;
      const result = await team.learn(...args);
      return calls === 3 ? { ...result, loss: Infinity } : result;
    };
    const { state, done } = await runTraining(beginRun(RECIPE, drawStroke), options({ team: { learn } }));
    expect([done, state.rateFactor, state.step]).toEqual([true, 0.5, 10]);
  });

  it('goes back when a slope is no number, before it reaches a weight', async () => {
    let calls = 0;
    const learn = async (...args: Parameters<WorkerPool['learn']>): Promise<ShareResult> => {
      calls += 1;
      const result = await team.learn(...args);
      if (calls === 4) result.gradient[5] = NaN;
      return result;
    };
    const { state } = await runTraining(beginRun(RECIPE, drawStroke), options({ team: { learn } }));
    expect([state.setbacks, state.step]).toEqual([1, 10]);
    expect(state.weights.every(Number.isFinite)).toBe(true);
    expect(load().setbacks).toBe(1);
  });

  it('tells of a full disk and goes on, with the last good checkpoints as they were', async () => {
    let time = 0;
    let writes = 0;
    const whole = [1, 2];
    const writeFile: FileWriter = (path, content) => {
      writes += 1;
      // A disk that fills up in the middle of the file, for a while.
      writeFileSync(path, whole.includes(writes) ? content : content.subarray(0, 5000));
      if (!whole.includes(writes)) throw new Error('ENOSPC: no space left on device');
    };
    const failing = runTraining(
      beginRun(RECIPE, drawStroke),
      options({ writeFile, checkpointSeconds: 3, clock: () => (time += 1) }),
    );
    await expect(failing).rejects.toThrow(/cannot be written: ENOSPC/);
    expect(warnings.length).toBeGreaterThan(0);
    expect(warnings[0]).toMatch(/No checkpoint at step \d+: The checkpoint .* cannot be written: ENOSPC/);
    expect(readdirSync(folder).sort()).toEqual(['checkpoint-previous.safetensors', 'checkpoint.safetensors']);
    const good = load();
    expect(good.step).toBeGreaterThan(0);
    truncateSync(checkpointPaths(folder).last, 0);
    expect(load().step).toBe(0);
  });

  it('goes on without a checkpoint when the folder cannot be written for a while', async () => {
    let time = 0;
    const broken = join(folder, 'run');
    const blocked = options({ folder: broken, checkpointSeconds: 3, clock: () => (time += 1) });
    const saved: number[] = [];
    const listener = {
      ...blocked.listener,
      step: ({ step }: { step: number }) => {
        // A file where the folder was.
        if (step === 1) rmSync(broken, { recursive: true });
        if (step === 1) writeFileSync(broken, '');
        if (step === 8) rmSync(broken);
      },
      saved: (step: number) => saved.push(step),
    };
    const { done } = await runTraining(beginRun(RECIPE, drawStroke), { ...blocked, listener });
    expect(done).toBe(true);
    expect(warnings.length).toBeGreaterThan(0);
    expect(saved[0]).toBe(0);
    expect(saved.at(-1)).toBe(10);
  });
});

describe('a checkpoint', () => {
  it('can be read as a model, and refuses foreign files', () => {
    const state = beginRun(RECIPE, drawStroke);
    const model = exportModel(RECIPE, state, DATA, null);
    const { state: read, recipe } = decodeCheckpoint(encodeCheckpoint(RECIPE, state, model));
    expect(recipe).toEqual(RECIPE);
    expect(read.weights).toEqual(state.weights);
    expect(read.random.state).toEqual(state.random.state);
    expect(() => decodeCheckpoint(readFileSync(import.meta.filename))).toThrow();
  });

  it('keeps images of every size, and that one of them is no digit', () => {
    const state = beginRun(RECIPE, drawStroke);
    const pixels = new Uint8Array(41 * 41).fill(200, 800, 810);
    const cells = new Float32Array(10 * RECIPE.model.channels.count).fill(0.5);
    state.pool[2] = { pixels, label: NO_CLASS, state: cells };
    const bytes = encodeCheckpoint(RECIPE, state, exportModel(RECIPE, state, DATA, null));
    expect(decodeCheckpoint(bytes).state.pool).toEqual(state.pool);
  });

  it('whose bytes changed on the disk is refused', () => {
    const bytes = encodeCheckpoint(
      RECIPE,
      beginRun(RECIPE, drawStroke),
      exportModel(RECIPE, beginRun(RECIPE, drawStroke), DATA, null),
    );
    bytes[bytes.length - 3] ^= 1;
    expect(() => decodeCheckpoint(bytes)).toThrow(/its bytes are not those that were written/);
  });

  it('whose optimizer remembers other sides than the weights have is refused', () => {
    const state = beginRun(RECIPE, drawStroke);
    const model = exportModel(RECIPE, state, DATA, null);
    state.moments.sides = { covariances: new Float32Array(3), bases: new Float32Array(3) };
    const bytes = encodeCheckpoint(RECIPE, state, model);
    expect(() => decodeCheckpoint(bytes)).toThrow(/remembers other sides of the weights/);
  });

  it('of an earlier commit, without a digest and without checks, is read', () => {
    const state = beginRun(RECIPE, drawStroke);
    const { tensors, metadata } = decodeSafetensors(
      encodeCheckpoint(RECIPE, state, exportModel(RECIPE, state, DATA, null)),
    );
    // Then all images were as large as MNIST's.
    const others = new Map([...tensors].filter(([name]) => name !== 'pool.sides'));
    const { digest, checks, ...header } = JSON.parse(metadata['nca-checkpoint']) as Record<string, unknown>;
    expect([typeof digest, checks]).toEqual(['string', []]);
    const old = encodeSafetensors({
      tensors: others,
      metadata: { ...metadata, 'nca-checkpoint': JSON.stringify(header) },
    });
    expect(decodeCheckpoint(old).state.checks).toEqual([]);
    expect(decodeCheckpoint(old).state.pool).toEqual(state.pool);
  });
});

describe('a learner', () => {
  it('gives digits with more live cells a longer rollout, and every digit its own state', async () => {
    const backend = await startBackend('wasm');
    const specification = quiet(RECIPE.model);
    const settings = { ...learnerSettings(RECIPE), specification };
    // Six cells, then nine, then six.
    const large = new Uint8Array(CELLS).fill(200, 300, 309);
    const samples: Sample[] = [drawStroke(new Random(1)).pixels, large, drawStroke(new Random(2)).pixels].map(
      (pixels, label) => ({ pixels, label, state: null }),
    );
    const weights = beginRun(RECIPE, drawStroke).weights.fill(0.05);
    const share = { weights, samples, firstSlot: 0, batchSize: 3, seed: 5, dropout: 0 };
    const learn = (cells: number | null, rollout = RECIPE.rollout) =>
      new Learner({ ...settings, longRollout: cells === null ? null : { cells, steps: 5 } }, backend.automaton).learn({
        ...share,
        rollout,
      });
    const [short, long, mixed] = [await learn(null), await learn(null, 5), await learn(7)];
    expect(mixed.states.map(({ length }) => length)).toEqual(short.states.map(({ length }) => length));
    expect(mixed.states[0]).toEqual(short.states[0]);
    expect(mixed.states[1]).toEqual(long.states[1]);
    expect(mixed.states[2]).toEqual(short.states[2]);
    expect(mixed.loss).toBeGreaterThan(Math.min(short.loss, long.loss));
    expect(mixed.loss).toBeLessThan(Math.max(short.loss, long.loss));
    expect(await learn(1000)).toEqual(short);
  });
});

describe('a team', () => {
  it('of two computes the gradient of one', async () => {
    const settings = learnerSettings(RECIPE);
    const state = beginRun({ ...RECIPE, model: RECIPE.model }, drawStroke);
    // The last layer is zero at first, which hides most of the gradient.
    state.weights.fill(0.05);
    const one = await WorkerPool.start({ ...settings, specification: quiet(settings.specification) }, 'wasm', 1, 4);
    const two = await WorkerPool.start({ ...settings, specification: quiet(settings.specification) }, 'wasm', 2, 4);
    try {
      const samples = state.pool.slice(0, 4);
      const alone = await one.learn(state.weights, samples, 5, 0.5, RECIPE.rollout);
      const shared = await two.learn(state.weights, samples, 5, 0.5, RECIPE.rollout);
      const again = await two.learn(state.weights, samples, 5, 0.5, RECIPE.rollout);
      expect(shared.loss).toBeCloseTo(alone.loss, 4);
      shared.gradient.forEach((value, index) => expect(value).toBeCloseTo(alone.gradient[index], 4));
      expect(shared.states).toHaveLength(4);
      expect(again).toEqual(shared);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });
});

/** Without noise, which is drawn for each share. */
function quiet(specification: typeof RECIPE.model): typeof RECIPE.model {
  return { ...specification, step: { ...specification.step, noise: 0 } };
}
