/** A course: a model is taught new signs, step by step. It knows no clock and no threads. */
import type { Model } from '../../common/model/weights.ts';
import type { Stroke } from '../../common/handwriting/stroke.ts';
import { hash2 } from '../../common/random/hash.ts';
import { Random } from '../../common/random/random.ts';
import { NO_CLASS, type Sample } from '../rollout/batch.ts';
import { flattenWeights, variablesOf } from '../rollout/layers.ts';
import { beginMoments, followWeights, Optimizer, type Moments } from '../loop/optimizer.ts';
import type { MatrixProduct } from '../loop/eigenbasis.ts';
import { drawIndices, mutate } from '../loop/pool.ts';
import { drawKnownThing, type Repertoire } from './known-things.ts';
import type { Part } from './pupil.ts';
import type { Team } from './team.ts';
import type { TeachRecipe } from './recipe.ts';
import { drawVariation } from './variations.ts';

/** A class that is taught, and the drawings to learn it from. */
export interface Lesson {
  readonly label: number;
  readonly drawings: readonly (readonly Stroke[])[];
}

export interface CourseOptions {
  readonly recipe: TeachRecipe;
  /** The extended model. */
  readonly model: Model;
  readonly lessons: readonly Lesson[];
  /** Drawings of signs that it was taught before, which it must not forget. */
  readonly earlier: readonly (readonly Stroke[])[];
  /** What else it knows. */
  readonly repertoire: Repertoire;
  readonly seed: number;
}

/** The loss of a sample that nothing was learnt from yet: it comes first. */
const NEVER = Number.MAX_VALUE;

/** A sample in a pool, and its loss when it was last learnt from. */
type PoolSample = Sample & { readonly loss: number };

export class Course {
  readonly #options: CourseOptions;
  readonly #random: Random;
  readonly #weights: Float32Array;
  readonly #before: Float32Array;
  readonly #average: Float32Array;
  readonly #moments: Moments;
  #optimizer: Optimizer | null = null;
  readonly #signs: PoolSample[];
  readonly #known: PoolSample[];
  #step = 0;

  constructor(options: CourseOptions) {
    const { recipe, model, seed } = options;
    this.#options = options;
    this.#random = new Random(seed);
    this.#weights = flattenWeights(model.specification, model.weights);
    this.#before = this.#weights.slice();
    this.#average = this.#weights.slice();
    this.#moments = beginMoments(this.#weights.length);
    this.#signs = Array.from({ length: recipe.pool }, () => this.#drawSign());
    this.#known = Array.from({ length: recipe.pool }, () => this.#drawKnown());
  }

  get step(): number {
    return this.#step;
  }

  /**
   * The flat weights as they are to be used: the moving average of those that learn, and a part of the way back to those
   * before. What was known suffers less from the way back than what is new (Wortsman et al. 2022, arXiv:2109.01903).
   */
  result(): Float32Array {
    const { recipe, earlier } = this.#options;
    const wayBack = earlier.length > 0 ? recipe.wayBackWithSigns : recipe.wayBack;
    return this.#average.map((value, index) => value + wayBack * (this.#before[index] - value));
  }

  #drawSign(): PoolSample {
    const { lessons, recipe } = this.#options;
    const { label, drawings } = lessons[this.#random.below(lessons.length)];
    const strokes = drawings[this.#random.below(drawings.length)];
    return { pixels: drawVariation(strokes, recipe.variation, this.#random), label, state: null, loss: NEVER };
  }

  #drawKnown(): PoolSample {
    const { recipe, repertoire, earlier } = this.#options;
    const random = this.#random;
    const pixels =
      earlier.length > 0 && random.unit() < recipe.earlierSigns
        ? drawVariation(earlier[random.below(earlier.length)], recipe.variation, random)
        : drawKnownThing(recipe, repertoire, random);
    return { pixels, label: NO_CLASS, state: null, loss: NEVER };
  }

  /** Takes one step and returns its loss, the mean of the samples. */
  async learn(team: Pick<Team, 'learn' | 'product'>): Promise<number> {
    const { recipe, seed, earlier } = this.#options;
    const known = earlier.length > 0 ? recipe.knownWithSigns : recipe.known;
    const drawn = [
      ...this.#drawBatch('signs', this.#signs, this.#known, recipe.signs, () => this.#drawSign()),
      ...this.#drawBatch('known', this.#known, this.#signs, known, () => this.#drawKnown()),
    ];
    const weights = this.#weights.slice();
    const parts: Part[] = [];
    for (let start = 0; start < drawn.length; start += recipe.part) {
      const slots = drawn.slice(start, start + recipe.part);
      parts.push({
        kind: slots[0].kind,
        weights,
        samples: slots.map(({ sample }) => sample),
        firstSlot: start,
        seed: hash2(seed, this.#step),
      });
    }
    const results = await team.learn(parts);
    const losses = results.flatMap((result) => result.losses);
    const states = results.flatMap((result) => result.states);
    this.#move(sumOf(results.map(({ gradient }) => gradient)), team.product);
    drawn.forEach(({ pool, index, sample: { pixels, label } }, slot) => {
      pool[index] = { pixels, label, state: states[slot], loss: losses[slot] };
    });
    this.#step += 1;
    return losses.reduce((total, loss) => total + loss, 0) / losses.length;
  }

  /** Samples from a pool, the worst of some candidates; the best give way to fresh and to mutated ones. */
  #drawBatch(
    kind: Part['kind'],
    pool: PoolSample[],
    others: readonly PoolSample[],
    count: number,
    draw: () => PoolSample,
  ): { kind: Part['kind']; pool: PoolSample[]; index: number; sample: Sample }[] {
    const { recipe, model } = this.#options;
    const candidates = drawIndices(this.#random, pool.length, count * recipe.candidates, false);
    candidates.sort((one, other) => pool[one].loss - pool[other].loss);
    const fresh = Math.round(recipe.fresh * count);
    const mutated = Math.round(recipe.mutated * count);
    const replaced = candidates.slice(0, fresh + mutated);
    const worst = candidates.slice(candidates.length - (count - replaced.length));
    return [
      ...replaced.map((index, place) => {
        if (place < fresh) return { kind, pool, index, sample: draw() };
        // Half of them take the place of a thing of the other kind.
        const from = this.#random.unit() < 0.5 ? pool[index] : others[this.#random.below(others.length)];
        return { kind, pool, index, sample: mutate(from, draw(), model.specification) };
      }),
      ...worst.map((index) => ({ kind, pool, index, sample: pool[index] })),
    ];
  }

  /** Moves the weights against the gradient, which is used up. */
  #move(gradient: Float32Array, product?: MatrixProduct): void {
    const { recipe, model } = this.#options;
    this.#optimizer ??= new Optimizer(recipe, variablesOf(model.specification), product);
    const rate =
      (recipe.optimizer.peak * Math.min(1, (this.#step + 1) / recipe.warmUpSteps)) /
      Math.sqrt(1 + this.#step / recipe.decaySteps);
    this.#optimizer.step(this.#weights, gradient, this.#moments, rate, this.#step + 1);
    const age = this.#step + 1;
    followWeights(this.#average, this.#weights, age / (age + 1 + recipe.averagePower));
  }
}

/** The sum of arrays in their order, whoever computed them. */
function sumOf(arrays: readonly Float32Array[]): Float32Array {
  const sum = arrays[0].slice();
  for (const array of arrays.slice(1)) {
    for (let index = 0; index < sum.length; index += 1) sum[index] += array[index];
  }
  return sum;
}
