/**
 * The live cells of several digits as rows of one state [rows, channels]: all
 * live cells, digit by digit, then an empty row for what lies outside, then all
 * inert cells. Also who fires and with what noise, both hashed from a seed.
 */
import { hash2, hash3, mix32, unitFromHash } from '../../common/random/hash.ts';
import { Random } from '../../common/random/random.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { findLiveCells, TAPS, type LiveCells } from './live-cells.ts';

/** How the digits of a batch are stepped. */
export interface StepOptions {
  /** Seed of firing and noise. */
  readonly seed: number;
  /** The number of the first step: the same step of the same seed fires the same cells. */
  readonly firstStep: number;
  readonly steps: number;
  /** The slot of the batch's first digit among all that share the seed. */
  readonly firstSlot: number;
}

/** The label of ink that is not a class of the model: a letter, a scribble, half a digit. */
export const NO_CLASS = -1;

/** A digit's image, what it is, and the state of its live cells. */
export interface Sample {
  /** side · side bytes of ink; MNIST's side is 28. */
  readonly pixels: Uint8Array;
  /** Its class, or {@link NO_CLASS}. */
  readonly label: number;
  /** Row-major [live cells, channels], the ink among them; null for a fresh digit. */
  readonly state: Float32Array | null;
}

/** The rows of several digits. */
export class Batch {
  readonly samples: readonly Sample[];
  readonly cells: readonly LiveCells[];
  /** The first live row of each digit, and after the last one the number of live rows. */
  readonly starts: Int32Array;
  /** Rows of the state: live, empty, inert. */
  readonly rowCount: number;
  /** [live rows + 1, 9]: the row of each neighbour; of the empty row, itself. */
  readonly neighbours: Int32Array<ArrayBuffer>;
  readonly #specification: ModelSpecification;

  constructor(samples: readonly Sample[], specification: ModelSpecification) {
    this.samples = samples;
    this.#specification = specification;
    this.cells = samples.map(({ pixels }) => findLiveCells(pixels, specification.life));
    this.starts = new Int32Array(samples.length + 1);
    this.cells.forEach(({ live }, digit) => (this.starts[digit + 1] = this.starts[digit] + live.length));
    const empty = this.liveCount;
    this.neighbours = new Int32Array((empty + 1) * TAPS).fill(empty);
    let inertStart = empty + 1;
    this.cells.forEach(({ live, inert, neighbours }, digit) => {
      const start = this.starts[digit];
      for (let index = 0; index < neighbours.length; index += 1) {
        const neighbour = neighbours[index];
        const isInert = neighbour >= live.length;
        const row = isInert ? inertStart + neighbour - live.length : start + neighbour;
        if (neighbour >= 0) this.neighbours[start * TAPS + index] = row;
      }
      inertStart += inert.length;
    });
    this.rowCount = inertStart;
  }

  /** Number of live rows, and the number of the empty row, which comes after them. */
  get liveCount(): number {
    return this.starts[this.starts.length - 1];
  }

  /** The state that the samples are in, row-major [rows, channels]. */
  initialState(): Float32Array {
    const { count, ink } = this.#specification.channels;
    const state = new Float32Array(this.rowCount * count);
    let inertRow = this.liveCount + 1;
    this.samples.forEach(({ pixels, state: kept }, digit) => {
      const start = this.starts[digit];
      if (kept) state.set(kept, start * count);
      this.cells[digit].live.forEach((cell, index) => (state[(start + index) * count + ink] = pixels[cell] / 255));
      for (const cell of this.cells[digit].inert) {
        state[inertRow * count + ink] = pixels[cell] / 255;
        inertRow += 1;
      }
    });
    return state;
  }

  /** The states of the digits, each [live cells, channels], from the rows of all; copies. */
  statesOf(rows: Float32Array): Float32Array[] {
    const { count } = this.#specification.channels;
    return this.samples.map((_, digit) => rows.slice(this.starts[digit] * count, this.starts[digit + 1] * count));
  }

  /**
   * Writes the live rows that fire in `step`, each with probability 1 − dropout, into `fired`, ascending.
   * @param firstSlot the first digit's number in the whole batch
   * @returns how many they are
   */
  fire(seed: number, step: number, dropout: number, firstSlot: number, fired: Int32Array): number {
    let count = 0;
    for (let digit = 0; digit < this.samples.length; digit += 1) {
      const key = mix32(hash3(seed, step, firstSlot + digit));
      const { live } = this.cells[digit];
      const start = this.starts[digit];
      for (let index = 0; index < live.length; index += 1) {
        // hash2 of the digit's key and the cell, with the key mixed once.
        if (unitFromHash(mix32(key + live[index])) < dropout) continue;
        fired[count] = start + index;
        count += 1;
      }
    }
    return count;
  }
}

const NOISE_ROWS = 1 << 15;

/**
 * Normal noise for updates, cut out of one table at hashed places: drawing every
 * number anew would cost as much as the network.
 */
export class NoiseTable {
  readonly #channels: number;
  readonly #values: Float32Array;

  /** Normal numbers of the given deviation for every channel but the ink. */
  constructor({ channels }: ModelSpecification, deviation: number) {
    const random = new Random(0x6e6f6973);
    this.#channels = channels.count;
    this.#values = new Float32Array(NOISE_ROWS * channels.count);
    for (let index = 0; index < this.#values.length; index += 1) {
      this.#values[index] = index % channels.count === channels.ink ? 0 : random.normal(deviation);
    }
  }

  /** The whole table, [rows, channels]. */
  get values(): Float32Array {
    return this.#values;
  }

  /** The table's row where the noise of `count` rows of one step begins. */
  start(count: number, { seed, firstSlot }: Pick<StepOptions, 'seed' | 'firstSlot'>, step: number): number {
    const slotSeed = seed ^ Math.imul(firstSlot, 0x9e3779b1);
    return hash2(slotSeed ^ 0x51ed270b, step) % Math.max(1, NOISE_ROWS - count);
  }

  /** Noise [count, channels] of one step. */
  rows(count: number, options: Pick<StepOptions, 'seed' | 'firstSlot'>, step: number): Float32Array {
    const start = this.start(count, options, step);
    return this.#values.subarray(start * this.#channels, (start + count) * this.#channels);
  }
}
