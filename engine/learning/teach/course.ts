/** A course: a model is taught new signs, step by step. It knows no clock and no threads. */
import type { Model } from '../../common/model/weights.ts';
import type { Stroke } from '../../common/handwriting/stroke.ts';
import { hash2 } from '../../common/random/hash.ts';
import { Random } from '../../common/random/random.ts';
import { NO_CLASS, type Sample } from '../rollout/batch.ts';
import { flattenWeights, variablesOf } from '../rollout/layers.ts';
import type { Verdict } from '../rollout/tally.ts';
import { beginMoments, followWeights, Optimizer, type Moments } from '../loop/optimizer.ts';
import { drawIndices, mutate } from '../loop/pool.ts';
import type { ShapeName } from '../strokes/shapes.ts';
import { drawKnownThing } from './known-things.ts';
import type { Look, Part, PartResult } from './learn-part.ts';
import type { TeachRecipe } from './recipe.ts';
import { drawVariation } from './variations.ts';

/** Whoever computes parts: this thread, or workers. */
export interface Class {
  learn(parts: readonly Part[]): Promise<PartResult[]>;
  look(looks: readonly Look[]): Promise<Verdict[][]>;
}

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
  readonly shapes: readonly ShapeName[];
  readonly seed: number;
  /** 1 for every weight that stays as it is; null if all may change. */
  readonly frozen: Uint8Array | null;
}

/** A batch replaces and mutates some of each so many samples. */
const FRESH_EVERY = 4;

export class Course {
  readonly #options: CourseOptions;
  readonly #random: Random;
  readonly #before: Float32Array;
  readonly #weights: Float32Array;
  readonly #average: Float32Array;
  readonly #moments: Moments;
  readonly #optimizer: Optimizer;
  readonly #signs: Sample[];
  readonly #known: Sample[];
  #step = 0;

  constructor(options: CourseOptions) {
    const { recipe, model, seed } = options;
    this.#options = options;
    this.#random = new Random(seed);
    this.#before = flattenWeights(model.specification, model.weights);
    this.#weights = this.#before.slice();
    this.#average = this.#before.slice();
    this.#moments = beginMoments(this.#before.length);
    this.#optimizer = new Optimizer(
      { gradient: recipe.gradient, optimizer: recipe.optimizer },
      variablesOf(model.specification),
    );
    this.#signs = Array.from({ length: recipe.pool }, () => this.#drawSign());
    this.#known = Array.from({ length: recipe.pool }, () => this.#drawKnown());
  }

  get step(): number {
    return this.#step;
  }

  get average(): Float32Array {
    return this.#average;
  }

  #drawSign(): Sample {
    const { lessons, recipe } = this.#options;
    const { label, drawings } = lessons[this.#random.below(lessons.length)];
    const strokes = drawings[this.#random.below(drawings.length)];
    return { pixels: drawVariation(strokes, recipe.variation, this.#random), label, state: null };
  }

  #drawKnown(): Sample {
    const { recipe, shapes } = this.#options;
    return { pixels: drawKnownThing(recipe, shapes, this.#random), label: NO_CLASS, state: null };
  }

  /** Takes one step and returns its loss. */
  async learn(team: Class): Promise<number> {
    const { recipe, model, seed } = this.#options;
    const { specification } = model;
    const batches = [
      { kind: 'signs' as const, pool: this.#signs, other: this.#known, count: recipe.signs, draw: () => this.#drawSign() },
      { kind: 'known' as const, pool: this.#known, other: this.#signs, count: recipe.known, draw: () => this.#drawKnown() },
    ];
    const parts: Part[] = [];
    const drawn: { pool: Sample[]; index: number; sample: Sample }[] = [];
    const weights = this.#weights.slice();
    const batchSize = recipe.signs + recipe.known;
    for (const { kind, pool, other, count, draw } of batches) {
      const first = drawn.length;
      drawIndices(this.#random, pool.length, count, false).forEach((index, place) => {
        let sample = pool[index];
        const turn = place % FRESH_EVERY;
        if (turn < recipe.fresh) sample = draw();
        else if (turn < recipe.fresh + recipe.mutated) {
          // Half of the mutated ones become a thing of the other kind.
          const from = this.#random.unit() < 0.5 ? sample : other[this.#random.below(other.length)];
          sample = mutate(from, draw(), specification);
        }
        drawn.push({ pool, index, sample });
      });
      for (let start = first; start < drawn.length; start += recipe.part) {
        const samples = drawn.slice(start, start + recipe.part).map(({ sample }) => sample);
        parts.push({ kind, weights, samples, firstSlot: start, batchSize, seed: hash2(seed, this.#step) });
      }
    }
    const results = await team.learn(parts);
    const gradient = results[0].gradient.slice();
    for (const result of results.slice(1)) {
      for (let index = 0; index < gradient.length; index += 1) gradient[index] += result.gradient[index];
    }
    const { frozen } = this.#options;
    if (frozen) for (let index = 0; index < frozen.length; index += 1) if (frozen[index]) gradient[index] = 0;
    const rate =
      (recipe.optimizer.peak * Math.min(1, (this.#step + 1) / recipe.warmUpSteps)) /
      Math.sqrt(1 + this.#step / recipe.decaySteps);
    this.#optimizer.step(this.#weights, gradient, this.#moments, rate, this.#step + 1);
    if (frozen) for (let index = 0; index < frozen.length; index += 1) if (frozen[index]) this.#weights[index] = this.#before[index];
    if (recipe.pull > 0) {
      const share = recipe.pull * rate;
      for (let index = 0; index < this.#weights.length; index += 1) {
        this.#weights[index] += share * (this.#before[index] - this.#weights[index]);
      }
    }
    followWeights(this.#average, this.#weights, recipe.averageDecay, this.#step);
    const states = results.flatMap((result) => result.states);
    drawn.forEach(({ pool, index, sample: { pixels, label } }, slot) => {
      pool[index] = { pixels, label, state: states[slot] };
    });
    this.#step += 1;
    return results.reduce((total, { loss }) => total + loss, 0);
  }
}
