/**
 * The same rollout and loss on all cells of every image, in double precision
 * and as simply as possible. The tests compare the fast form on live cells with it.
 */
import { activate } from '../../engine/common/model/activations.ts';
import {
  keptUpdateScale,
  updateUnitOfChannel,
  type ModelSpecification,
} from '../../engine/common/model/specification.ts';
import { hash2, hash3, unitFromHash } from '../../engine/common/random/hash.ts';
import { TAPS } from '../../engine/learning/rollout/live-cells.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { NO_CLASS, type Sample, type StepOptions } from '../../engine/learning/rollout/batch.ts';
import { variablesOf } from '../../engine/learning/rollout/layers.ts';
import { findLiveCells, sideOf } from '../../engine/learning/rollout/live-cells.ts';

/** Runs digits without noise; weights are flat, as `variablesOf` orders them. */
export class DenseReference {
  readonly #specification: ModelSpecification;
  readonly #weights: ReadonlyMap<string, ArrayLike<number>>;

  constructor(specification: ModelSpecification, flat: Float64Array) {
    this.#specification = specification;
    this.#weights = new Map(
      variablesOf(specification).map(({ name, offset, size }) => [name, flat.subarray(offset, offset + size)]),
    );
  }

  #weight(name: string): ArrayLike<number> {
    const values = this.#weights.get(name);
    if (!values) throw new Error(`There is no weight "${name}".`);
    return values;
  }

  /** The states [cells, channels] of the samples after the steps. */
  run(samples: readonly Sample[], options: StepOptions): Float64Array[] {
    return samples.map((sample, index) => {
      let state = this.#begin(sample);
      for (let step = options.firstStep; step < options.firstStep + options.steps; step += 1) {
        state = this.#step(sample, state, hash3(options.seed, step, options.firstSlot + index));
      }
      return state;
    });
  }

  /** The loss of the states after the steps: a mean over digits of sums over their live cells. */
  loss(samples: readonly Sample[], options: StepOptions, weights: Recipe['loss']): number {
    const { channels, classes, classification } = this.#specification;
    let total = 0;
    this.run(samples, options).forEach((state, index) => {
      const { pixels, label } = samples[index];
      for (const cell of findLiveCells(pixels, this.#specification.life).live) {
        const logits = classes.map((_, logit) => state[cell * channels.count + channels.firstLogit + logit]);
        const inked = pixels[cell] / 255 >= classification.inkThreshold;
        logits.forEach((value, logit) => {
          const wanted = logit === label ? 1 : label === NO_CLASS ? weights.undecided : 0;
          total += (weights.l2 * (value - (inked ? wanted : 0)) ** 2) / 2;
        });
        if (inked && label !== NO_CLASS) {
          const sum = logits.reduce((so, value) => so + Math.exp(value), 0);
          total += weights.crossEntropy * (Math.log(sum) - logits[label]);
        }
      }
    });
    return total / samples.length;
  }

  #begin({ pixels, state: kept }: Sample): Float64Array {
    const { channels, life } = this.#specification;
    const state = new Float64Array(pixels.length * channels.count);
    findLiveCells(pixels, life).live.forEach((cell, index) => {
      const values = kept?.subarray(index * channels.count, (index + 1) * channels.count) ?? [];
      state.set(values, cell * channels.count);
    });
    for (let cell = 0; cell < pixels.length; cell += 1) {
      state[cell * channels.count + channels.ink] = Math.fround(pixels[cell] / 255);
    }
    return state;
  }

  #isAlive(pixels: Uint8Array, x: number, y: number): boolean {
    const { rule, inkThreshold } = this.#specification.life;
    const side = sideOf(pixels);
    const reach = rule === 'ink-halo' ? 1 : 0;
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        const inside = x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side;
        if (inside && pixels[(y + dy) * side + x + dx] / 255 > inkThreshold) return true;
      }
    }
    return false;
  }

  #perceive(state: Float64Array, side: number, x: number, y: number): number[] {
    const { perceive, channels } = this.#specification;
    const kernel = this.#weight('perceive.kernel');
    const features = perceive.kind === 'conv3x3' ? perceive.features : channels.count * perceive.filters;
    const bias = perceive.kind === 'conv3x3' ? this.#weight('perceive.bias') : null;
    return Array.from({ length: features }, (_, feature) => {
      let total = bias ? bias[feature] : 0;
      for (let tap = 0; tap < TAPS; tap += 1) {
        const nx = x + (tap % 3) - 1;
        const ny = y + Math.floor(tap / 3) - 1;
        if (nx < 0 || nx >= side || ny < 0 || ny >= side) continue;
        const from = (ny * side + nx) * channels.count;
        if (perceive.kind === 'conv3x3') {
          for (let channel = 0; channel < channels.count; channel += 1) {
            total += state[from + channel] * kernel[(tap * channels.count + channel) * features + feature];
          }
        } else {
          const channel = Math.floor(feature / perceive.filters);
          total += state[from + channel] * kernel[tap * features + feature];
        }
      }
      return activate(perceive.activation, total);
    });
  }

  #step({ pixels }: Sample, state: Float64Array, key: number): Float64Array {
    const { update, step, channels } = this.#specification;
    const scale = step.size * keptUpdateScale(this.#specification, step.dropout);
    const unitOfChannel = updateUnitOfChannel(this.#specification);
    const next = state.slice();
    const side = sideOf(pixels);
    for (let cell = 0; cell < pixels.length; cell += 1) {
      const x = cell % side;
      const y = Math.floor(cell / side);
      if (!this.#isAlive(pixels, x, y) || unitFromHash(hash2(key, cell)) < step.dropout) continue;
      let values = this.#perceive(state, side, x, y);
      update.forEach(({ units, activation }, index) => {
        const kernel = this.#weight(`update.${index}.kernel`);
        const bias = this.#weight(`update.${index}.bias`);
        const inputs = values;
        values = Array.from({ length: units }, (_, unit) => {
          const total = inputs.reduce((sum, value, input) => sum + value * kernel[input * units + unit], bias[unit]);
          return activate(activation, total);
        });
      });
      unitOfChannel.forEach((unit, channel) => {
        if (unit >= 0) next[cell * channels.count + channel] += scale * values[unit];
      });
    }
    return next;
  }
}
