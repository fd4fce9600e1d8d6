/**
 * How far the state that a GPU computes may lie from the plain reference's.
 *
 * Within a step this is an analysis of running errors: each addition and multiplication is wrong by u times its result
 * at most (Higham 2002, "Accuracy and Stability of Numerical Algorithms", 3.3). Errors of many operations are
 * independent enough to add up as their squares do: a sum whose partial sums are s and whose terms are p is wrong by
 * λ u √(Σ s² + Σ p²) at most, but for a probability of 2 exp(−λ² / 2) (Higham and Mary 2019, "A new approach to
 * probabilistic rounding error analysis"). From step to step no bound that is calculated is of use, since the worst case
 * grows without end. So runs whose every update is wrong by its whole bound, with random signs, go on beside the
 * reference, as in Monte Carlo arithmetic (Parker 1997), and how far they come apart is measured.
 */
import { type Chance, referenceStep } from '../../engine/automaton/reference.ts';
import { type Strategy } from '../../engine/automaton/programs/strategies.ts';
import type { StateRecord } from '../../engine/automaton/types.ts';
import { activate, type Activation } from '../../engine/common/model/activations.ts';
import { hash3 } from '../../engine/common/random/hash.ts';
import { featureCount, keptUpdateScale, updateUnitOfChannel } from '../../engine/common/model/specification.ts';
import { tensorOf, type Model } from '../../engine/common/model/weights.ts';

/** u of float32 and of half floats, which a GPU may round either way (OpenGL ES Shading Language 3.00, 4.5.1). */
const SINGLE = 2 ** -23;
const HALF = 2 ** -10;

/** What a GPU's tanh may be wrong by: it is made of exponentials, which are wrong by some units in the last place. */
const TANH = 16 * SINGLE;

/** How a renderer stores what it has computed; it computes in float32 everywhere. */
export interface Precision {
  /** Unit roundoff of what is kept between two layers. */
  readonly units: number;
  /** Unit roundoff of the state. */
  readonly state: number;
}

export const SINGLE_PRECISION: Precision = { units: SINGLE, state: SINGLE };

/**
 * The precision of a way to compute the step.
 * @param hasFloatTargets whether the GPU draws into float32 textures at all
 */
export function precisionOf({ program, half }: Strategy, hasFloatTargets = true): Precision {
  return {
    units: program.startsWith('layered') ? HALF : SINGLE,
    state: half || !hasFloatTargets ? HALF : SINGLE,
  };
}

/** λ: a sum is wrong by more with a probability of 7e-4. */
const LAMBDA = 4;
/** Runs that go astray, and how much farther than they a renderer may, which adds up in another order. */
const SAMPLES = 2;
const SAFETY = 2;

/** A layer with its kernel row by row: weights of all units for each input. */
interface Layer {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** Values, and what each may be wrong by. */
interface Uncertain {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

export class RoundingError {
  readonly #model: Model;
  readonly #precision: Precision;
  readonly #layers: readonly Layer[];
  readonly #unitOfChannel: readonly number[];
  readonly #astray: StateRecord[];
  #state: StateRecord;
  #steps = 0;

  constructor(model: Model, state: StateRecord, precision: Precision) {
    this.#model = model;
    this.#precision = precision;
    this.#state = state;
    this.#astray = Array.from({ length: SAMPLES }, () => state);
    this.#unitOfChannel = updateUnitOfChannel(model.specification);
    this.#layers = model.specification.update.map(({ activation }, index) => ({
      kernel: tensorOf(model.weights, `update.${index}.kernel`).data,
      bias: tensorOf(model.weights, `update.${index}.bias`).data,
      activation,
    }));
  }

  /** Follows the reference from one state to the next. */
  step(state: StateRecord, next: StateRecord, chance: Chance): void {
    const { channels } = state;
    const scale = Math.abs(keptUpdateScale(this.#model.specification, chance.dropout));
    const size = scale * Math.abs(this.#model.specification.step.size);
    // What the update of each cell that fires may be wrong by, the rounding of the new state included.
    const wrong = new Map<number, Float64Array>();
    const wrongOf = (cell: number): Float64Array => {
      let found = wrong.get(cell);
      if (!found) {
        const { error, value } = this.#updateOf(state, cell);
        found = Float64Array.from({ length: channels }, (_, channel) => {
          const unit = this.#unitOfChannel[channel];
          if (unit < 0) return 0;
          const kept = Math.abs(next.data[cell * channels + channel]);
          const added = Math.abs(value[unit]) + Math.abs(chance.noise(cell, channel));
          return Math.hypot(error[unit], SINGLE * added, (this.#precision.state * kept) / size);
        });
        wrong.set(cell, found);
      }
      return found;
    };
    this.#astray.forEach((sample, index) => {
      this.#astray[index] = referenceStep(this.#model, sample, {
        ...chance,
        noise: (cell, channel) => {
          const sign = hash3(index + 1, this.#steps, cell * channels + channel) & 1 ? 1 : -1;
          return chance.noise(cell, channel) + sign * wrongOf(cell)[channel];
        },
      });
    });
    this.#state = next;
    this.#steps += 1;
  }

  /** The greatest distance of any channel of a cell, or of its neighbours, from the reference; one value a cell. */
  perCell(): Float32Array {
    const { width, height, channels, data } = this.#state;
    const own = Float32Array.from({ length: width * height }, (_, cell) => {
      let most = 0;
      for (let index = cell * channels; index < (cell + 1) * channels; index += 1) {
        for (const sample of this.#astray) most = Math.max(most, Math.abs(sample.data[index] - data[index]));
      }
      return SAFETY * most;
    });
    // A cell that was lucky in all runs has neighbours that were not.
    return own.map((_, cell) => {
      const x = cell % width;
      const y = Math.floor(cell / width);
      let most = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
          most = Math.max(most, own[ny * width + nx]);
        }
      }
      return most;
    });
  }

  #updateOf(state: StateRecord, cell: number): Uncertain {
    let inputs = this.#perceive(state, cell);
    const last = this.#layers.length - 1;
    this.#layers.forEach(({ kernel, bias, activation }, index) => {
      const sum = new UncertainSum(bias.length, bias);
      inputs.value.forEach((value, input) => sum.add(value, inputs.error[input], kernel, input * bias.length, 0));
      inputs = sum.finish(activation, index < last ? this.#precision.units : SINGLE);
    });
    return inputs;
  }

  #perceive({ width, height, channels, data }: StateRecord, cell: number): Uncertain {
    const { perceive, channels: layout } = this.#model.specification;
    const { weights } = this.#model;
    const kernel = tensorOf(weights, 'perceive.kernel').data;
    const isFull = perceive.kind === 'conv3x3';
    const perChannel = isFull ? perceive.features : perceive.filters;
    const bias = isFull ? tensorOf(weights, 'perceive.bias').data : undefined;
    const sum = new UncertainSum(featureCount(this.#model.specification), bias, perChannel);
    const x = cell % width;
    const y = Math.floor(cell / width);
    for (let tap = 0; tap < 9; tap += 1) {
      const nx = x + (tap % 3) - 1;
      const ny = y + Math.floor(tap / 3) - 1;
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = data[(ny * width + nx) * channels + channel];
        // A cell's own ink comes out of its state, its neighbours' out of bytes.
        const error = channel === layout.ink ? value * (tap === 4 ? this.#precision.state : 2 * SINGLE) : 0;
        const first = isFull ? 0 : channel * perChannel;
        sum.add(value, error, kernel, (tap * channels + channel) * perChannel, first);
      }
    }
    return sum.finish(perceive.activation, this.#precision.units);
  }
}

/** Sums of products, one a unit, with the squares of what may be wrong. */
class UncertainSum {
  readonly #value: Float64Array;
  /** Squares of all partial sums and products. */
  readonly #squares: Float64Array;
  /** Squares of what the inputs' errors come to. */
  readonly #inherited: Float64Array;
  readonly #perInput: number;

  /** @param perInput units that one input has weights for; all by default */
  constructor(units: number, bias: Float32Array | undefined, perInput = units) {
    this.#value = bias ? Float64Array.from(bias) : new Float64Array(units);
    this.#squares = new Float64Array(units);
    this.#inherited = new Float64Array(units);
    this.#perInput = perInput;
  }

  /** Adds an input times its weights, from `at` on, to the units from `first` on. */
  add(value: number, error: number, kernel: Float32Array, at: number, first: number): void {
    if (value === 0 && error === 0) return;
    for (let index = 0; index < this.#perInput; index += 1) {
      const weight = kernel[at + index];
      const product = value * weight;
      const sum = this.#value[first + index] + product;
      this.#value[first + index] = sum;
      this.#squares[first + index] += sum * sum + product * product;
      this.#inherited[first + index] += error * error * weight * weight;
    }
  }

  /** @param roundoff of what the results are kept in */
  finish(activation: Activation, roundoff: number): Uncertain {
    const value = this.#value;
    const error = this.#squares.map((squares, unit) => {
      const computed = LAMBDA * SINGLE * Math.sqrt(squares);
      const kept = roundoff > SINGLE ? roundoff * Math.abs(value[unit]) : 0;
      return Math.hypot(computed, kept, Math.sqrt(this.#inherited[unit]));
    });
    if (activation === 'none') return { value, error };
    const output = value.map((sum) => activate(activation, sum));
    // No slope is above 1, so that no error grows.
    if (activation === 'tanh') return { value: output, error: error.map((wrong) => Math.hypot(wrong, TANH)) };
    if (activation === 'leaky-relu') return { value: output, error };
    // A unit at rest stays so unless its error may lift it.
    return { value: output, error: error.map((wrong, unit) => Math.max(0, Math.min(wrong, value[unit] + wrong))) };
  }
}
