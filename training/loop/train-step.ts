/** One training step: draw a batch, roll it out, move the weights, put the digits back. */
import { roundValues } from '../../engine/common/model/grid.ts';
import { hash2 } from '../../engine/common/random/hash.ts';
import type { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { obeyPerception } from '../perceptions/index.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { followWeights, keptShare, type Optimizer } from '../../engine/learning/loop/optimizer.ts';
import { drawIndices, mutate, sortByError, takeOver } from '../../engine/learning/loop/pool.ts';
import { eraseSide } from './erase.ts';
import { frozenIndices } from './frozen.ts';
import type { RunState } from './run-state.ts';
import { trainedSpecification } from './trained-specification.ts';
import { poolSections, type DrawDigit } from './pool-sections.ts';
import { phaseOf, type Phase } from './schedule.ts';
import type { WorkerPool } from './worker-pool.ts';

/** The loss of a step and the rate it was taken with. */
export interface StepReport {
  readonly loss: number;
  readonly rate: number;
  /** The Euclidean norm of the gradient, as it is before anything is done to it. */
  readonly gradientNorm: number;
}

/** Whether a loss has exploded: it is not a number, or far above the recent ones. */
export function isExploded(loss: number, losses: readonly number[]): boolean {
  if (!Number.isFinite(loss)) return true;
  const recent = losses.slice(-100);
  if (recent.length < 10) return false;
  const mean = recent.reduce((total, value) => total + value, 0) / recent.length;
  return loss > 1000 * Math.max(mean, 1);
}

/** The Euclidean norm, which is no finite number if one of the values is none. */
function normOf(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] * values[index];
  return Math.sqrt(sum);
}

/** Dropouts are multiples of this, so there are only a few different ones. */
const DROPOUT_GRID = 0.05;

function drawDropout([low, high]: readonly [number, number], random: Random): number {
  return low === high ? low : Math.round(random.range(low, high) / DROPOUT_GRID) * DROPOUT_GRID;
}

/** The weights as a step uses them: the state's own, or with every kernel on the recipe's grid. */
function usedWeights(recipe: Recipe, weights: Float32Array): Float32Array {
  const { levels } = recipe;
  if (levels === null) return weights;
  const used = weights.slice();
  for (const { shape, offset, size } of variablesOf(trainedSpecification(recipe))) {
    if (shape.length > 1) used.set(roundValues(used.subarray(offset, offset + size), levels), offset);
  }
  return used;
}

/**
 * The digits of a step, and where in the pool they go afterwards: of each section of the pool fresh ones, then those
 * that go on, then mutated ones.
 */
export function drawBatch(
  recipe: Recipe,
  phase: Pick<Phase, 'fresh' | 'mutated'>,
  { pool, random }: Pick<RunState, 'pool' | 'random'>,
  draw: DrawDigit,
): { indices: number[]; samples: Sample[] } {
  const { batch: whole, model, loss, strokes } = recipe;
  const { replacement, keepHardest } = recipe.pool;
  const indices: number[] = [];
  const samples: Sample[] = [];
  for (const { kind, start, size, batch } of poolSections(recipe)) {
    const fresh = Math.round((phase.fresh * batch) / whole);
    const mutated = Math.round((phase.mutated * batch) / whole);
    const drawn = drawIndices(random, size, batch, replacement).map((index) => start + index);
    if (keepHardest > 0 && random.unit() < keepHardest) {
      sortByError(drawn, pool, model, loss.undecided);
      // The easiest digits are replaced; the hardest stay.
      drawn.push(...drawn.splice(fresh, mutated));
    }
    const become = (old: Sample): Sample => {
      if (strokes && strokes.erased > 0 && random.unit() < strokes.erased) {
        const less = eraseSide(old, model, random);
        if (less) return less;
      }
      const next = draw(random, kind);
      const change = kind === 'strokes' && strokes && random.unit() < strokes.takeOver ? takeOver : mutate;
      return change(old, next, model);
    };
    drawn.forEach((index, slot) => {
      if (slot < fresh) samples.push({ ...draw(random, kind), state: null });
      else samples.push(slot >= batch - mutated ? become(pool[index]) : pool[index]);
    });
    indices.push(...drawn);
  }
  return { indices, samples };
}

/**
 * Takes one step and changes `state` in place. If the loss exploded, the
 * weights and the pool are left as they were and only the report tells.
 */
export async function trainStep(
  recipe: Recipe,
  state: RunState,
  team: Pick<WorkerPool, 'learn'>,
  optimizer: Optimizer,
  draw: DrawDigit,
): Promise<StepReport & { exploded: boolean }> {
  const phase = phaseOf(recipe, state.step);
  if (phase.startsTail) {
    state.weights.set(state.average);
    state.averageAge = 0;
  }
  const { random, pool } = state;
  const dropout = drawDropout(phase.dropoutRange, random);
  const [shortest, longest] = recipe.rolloutRange ?? [recipe.rollout, recipe.rollout];
  const rollout = shortest + (recipe.rolloutRange ? random.below(longest - shortest + 1) : 0);
  const { indices, samples } = drawBatch(recipe, phase, state, draw);

  const used = usedWeights(recipe, state.weights);
  const seed = hash2(recipe.seed, state.step);
  const { loss, gradient, states } = await team.learn(used, samples, seed, dropout, rollout);
  const rate = phase.rate * state.rateFactor;
  // One bad gradient would turn all weights of its variable into NaN.
  const gradientNorm = normOf(gradient);
  if (isExploded(loss, state.losses) || !Number.isFinite(gradientNorm)) {
    return { loss, rate, gradientNorm, exploded: true };
  }

  const frozen = frozenIndices(recipe);
  const kept = Float32Array.from(frozen, (index) => state.weights[index]);
  for (const index of frozen) gradient[index] = 0;
  optimizer.step(state.weights, gradient, state.moments, rate, state.step + 1);
  obeyPerception(trainedSpecification(recipe), recipe.perception, state.weights);
  // A basis mixes what is frozen with what is not.
  frozen.forEach((index, place) => (state.weights[index] = kept[place]));
  if (recipe.averageDecay > 0) {
    followWeights(state.average, state.weights, keptShare(phase.averageDecay, state.averageAge));
  } else state.average.set(state.weights);
  frozen.forEach((index, place) => (state.average[index] = kept[place]));
  indices.forEach((index, slot) => {
    const { pixels, label } = samples[slot];
    pool[index] = { pixels, label, state: states[slot] };
  });
  state.averageAge += 1;
  state.step += 1;
  state.losses.push(Math.fround(loss));
  return { loss, rate, gradientNorm, exploded: false };
}
