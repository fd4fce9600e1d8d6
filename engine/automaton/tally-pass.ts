import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { Pass } from '../gpu/pass.ts';
import { readTarget } from '../gpu/readback.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { beginPasses, endPasses } from './block-pass.ts';
import type { CellMap } from './cell-map.ts';
import { smallestInkByte } from './slot-table.ts';

/** The GPU's counts for one tile. */
export interface TileTally {
  readonly inkCells: number;
  readonly undecided: number;
  /** The number of cells that changed their label in the last step. */
  readonly changed: number;
  /** The sum of the confidence of all ink cells, 0…1 each. */
  readonly confidence: number;
  /** Whether the state of any of its cells has run away, see `label.frag`. */
  readonly hasRunAway: boolean;
  /** The number of cells with each class as their label. */
  readonly votes: readonly number[];
}

/** A flag in the sum of confidence, as in `tally.frag`. */
const RUNAWAY = 0x8000_0000;

/** The number of tiles side by side in the targets. Narrow ones let a GPU share the work out evenly. */
const TILES_ACROSS = 64;

/** Every GPU can draw into this many targets. */
const MOST_TARGETS = 4;

/**
 * Counts labels tile by tile on the GPU, so that only a few numbers per digit are read back. Owns its program, and its
 * targets while a layout is in use.
 */
export class TallyPass {
  readonly #device: Device;
  readonly #pass: Pass;
  readonly #classes: number;
  /** The texels of a tile, each of which has a row of counts in each target; see `tally.frag`. */
  readonly #bands: number;
  readonly #targets: number;
  /** The counts of a tile without ink. */
  readonly #blank: TileTally;
  #textures: readonly Texture[] = [];
  #target: Target | null = null;

  private constructor(device: Device, pass: Pass, classes: number, targets: number) {
    this.#device = device;
    this.#pass = pass;
    this.#classes = classes;
    this.#targets = targets;
    this.#bands = Math.ceil(rowsFor(classes) / targets);
    const votes = new Array<number>(classes).fill(0);
    this.#blank = { inkCells: 0, undecided: 0, changed: 0, confidence: 0, hasRunAway: false, votes };
    // The driver must be queried about the first target of its kind, and it answers when all issued work is done. That
    // is soonest now.
    this.#reserve(1);
  }

  static async create(device: Device, classes: number, inkThreshold: number): Promise<TallyPass> {
    const targets = Math.min(MOST_TARGETS, rowsFor(classes));
    const source = shaderSource('tally.frag', { INK_BYTE: smallestInkByte(inkThreshold), TARGETS: targets });
    const samplers = ['cells', 'labels', 'bounds'];
    const pass = await Pass.create(device, shaderSource('fullscreen.vert'), source, samplers);
    return new TallyPass(device, pass, classes, targets);
  }

  /** Counts now, and returns the counts of all tiles in reading order as soon as the GPU has them. */
  async count(cells: CellMap, labels: Texture): Promise<TileTally[]> {
    const { layout } = cells;
    const tiles = layout.columns * layout.rows;
    const target = this.#reserve(tiles);
    const { gl } = this.#device;
    const bounds = cells.tileBounds();
    beginPasses(this.#device);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, target.width, target.height);
    this.#pass.use();
    this.#pass.set('tileSize', layout.tile);
    this.#pass.set('slotShift', Math.log2(labels.width));
    this.#pass.set('tilesAcross', target.width);
    this.#pass.set('bands', this.#bands);
    this.#pass.bind(0, cells.texture.handle);
    this.#pass.bind(1, labels.handle);
    this.#pass.bind(2, bounds.handle);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    endPasses(this.#device);
    const words = await Promise.all(
      this.#textures.map((_, attachment) => readTarget(this.#device, target, attachment, target.height, 'rgba32ui')),
    );
    return Array.from({ length: tiles }, (_, tile) => this.#tallyOf(words, target.width, tile));
  }

  dispose(): void {
    this.#pass.dispose();
    this.#free();
  }

  /** @param words of each target */
  #tallyOf(words: readonly Uint32Array[], width: number, tile: number): TileTally {
    const firstTexel = Math.floor(tile / width) * this.#bands * width + (tile % width);
    const [head] = words;
    const first = 4 * firstTexel;
    if (head[first] === 0) return this.#blank;
    const votes = Array.from({ length: this.#classes }, (_, index) => {
      const row = 1 + (index >> 2);
      const texel = firstTexel + Math.floor(row / this.#targets) * width;
      return words[row % this.#targets][4 * texel + (index & 3)];
    });
    return {
      inkCells: head[first],
      undecided: head[first + 1],
      changed: head[first + 2],
      confidence: (head[first + 3] & ~RUNAWAY) / 255,
      hasRunAway: (head[first + 3] & RUNAWAY) !== 0,
      votes,
    };
  }

  #reserve(tiles: number): Target {
    const width = Math.min(tiles, TILES_ACROSS);
    const height = Math.ceil(tiles / width) * this.#bands;
    if (this.#target && this.#target.width === width && this.#target.height === height) return this.#target;
    this.#free();
    this.#textures = Array.from({ length: this.#targets }, () => this.#device.createTexture('rgba32ui', width, height));
    this.#target = this.#device.createTarget(this.#textures);
    return this.#target;
  }

  #free(): void {
    if (this.#target) this.#device.freeTarget(this.#target);
    for (const texture of this.#textures) this.#device.freeTexture(texture);
    this.#target = null;
    this.#textures = [];
  }
}

/** The number of rows of counts that a tile has. */
function rowsFor(classes: number): number {
  return 1 + Math.ceil(classes / 4);
}
