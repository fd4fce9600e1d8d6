/**
 * Weights in as many uniform blocks as they need, in rows. The weights that one iteration of a loop reads are together
 * in one block, and when a block is full the loop continues in the next one.
 */

import { CapabilityError } from '../../gpu/device-error.ts';

const VECTOR_BYTES = 16;

/** Rows of equal length that follow one another in a block. */
export interface Segment {
  readonly block: number;
  /** The vector of the block at which the first row begins. */
  readonly first: number;
  readonly rows: number;
}

export class WeightBlocks {
  readonly #blockVectors: number;
  readonly #blocks: Float32Array[] = [];
  /** The number of vectors of each block that are in use. */
  readonly #taken: number[] = [];

  /** @param blockBytes the maximum size of a block, in bytes */
  constructor(blockBytes: number) {
    this.#blockVectors = Math.floor(blockBytes / VECTOR_BYTES);
  }

  /**
   * @param rows rows of equal length, in whole vectors of four; they are spread evenly if one block does not have
   * enough room for them
   * @returns the position of the rows, in order
   * @throws CapabilityError if a row is larger than a block
   */
  place(rows: readonly Float32Array[]): Segment[] {
    if (rows.length === 0) return [];
    const rowVectors = rows[0].length / 4;
    const room = Math.floor(this.#blockVectors / rowVectors);
    if (room === 0) {
      throw new CapabilityError(
        `An iteration reads ${rowVectors} vectors of weights; a uniform block of this GPU holds ${this.#blockVectors}.`,
      );
    }
    const last = this.#blocks.length - 1;
    if (last >= 0 && this.#taken[last] + rows.length * rowVectors <= this.#blockVectors) {
      return [this.#append(last, rows)];
    }
    const blocks = Math.ceil(rows.length / room);
    return Array.from({ length: blocks }, (_, index) => {
      const from = Math.floor((index * rows.length) / blocks);
      const to = Math.floor(((index + 1) * rows.length) / blocks);
      this.#blocks.push(new Float32Array(0));
      this.#taken.push(0);
      return this.#append(this.#blocks.length - 1, rows.slice(from, to));
    });
  }

  /** The vectors of each block. */
  get blocks(): readonly Float32Array[] {
    return this.#blocks;
  }

  /** The declarations of all blocks. Block b is the array `weights<b>`. */
  get declarations(): string {
    return this.#taken
      .map(
        (vectors, block) =>
          `layout(std140) uniform ${blockName(block)} {\n  highp vec4 weights${block}[${vectors}];\n};\n`,
      )
      .join('');
  }

  #append(block: number, rows: readonly Float32Array[]): Segment {
    const first = this.#taken[block];
    const rowVectors = rows[0].length / 4;
    const grown = new Float32Array((first + rows.length * rowVectors) * 4);
    grown.set(this.#blocks[block]);
    rows.forEach((row, index) => {
      grown.set(row, (first + index * rowVectors) * 4);
    });
    this.#blocks[block] = grown;
    this.#taken[block] = grown.length / 4;
    return { block, first, rows: rows.length };
  }
}

/** The name of a block in the shader. */
export function blockName(block: number): string {
  return `WeightBlock${block}`;
}
