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

const NOTHING = [0, 0, 0, 0] as const;

/** The number of tiles side by side in the target. */
const TILES_ACROSS = 512;

/**
 * Counts labels tile by tile on the GPU, so that only a few numbers per digit are read back. Owns its program, and its
 * target while a layout is in use.
 */
export class TallyPass {
  readonly #device: Device;
  readonly #pass: Pass;
  readonly #classes: number;
  readonly #rowsOfTile: number;
  /** The counts of a tile without ink. */
  readonly #blank: TileTally;
  #texture: Texture | null = null;
  #target: Target | null = null;

  private constructor(device: Device, pass: Pass, classes: number) {
    this.#device = device;
    this.#pass = pass;
    this.#classes = classes;
    this.#rowsOfTile = 1 + Math.ceil(classes / 4);
    const votes = new Array<number>(classes).fill(0);
    this.#blank = { inkCells: 0, undecided: 0, changed: 0, confidence: 0, hasRunAway: false, votes };
    // The driver must be queried about the first target of its kind, and it answers when all issued work is done. That
    // is soonest now.
    this.#reserve(1);
  }

  static async create(device: Device, classes: number, inkThreshold: number): Promise<TallyPass> {
    const source = shaderSource('tally.frag', { INK_BYTE: smallestInkByte(inkThreshold) });
    const pass = await Pass.create(device, shaderSource('tally.vert'), source, ['cells', 'labels']);
    return new TallyPass(device, pass, classes);
  }

  /** Counts now, and returns the counts of all tiles in reading order as soon as the GPU has them. */
  async count(cells: CellMap, labels: Texture): Promise<TileTally[]> {
    const { layout } = cells;
    const tiles = layout.columns * layout.rows;
    const target = this.#reserve(tiles);
    const { gl } = this.#device;
    beginPasses(this.#device);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, target.width, target.height);
    this.#pass.use();
    this.#pass.set('tileColumns', layout.columns);
    this.#pass.set('tileSize', layout.tile);
    this.#pass.set('slotShift', Math.log2(labels.width));
    this.#pass.set('tilesAcross', target.width);
    this.#pass.set('rowsOfTile', this.#rowsOfTile);
    this.#pass.set('targetSize', [target.width, target.height]);
    this.#pass.bind(0, cells.texture.handle);
    this.#pass.bind(1, labels.handle);
    gl.clearBufferuiv(gl.COLOR, 0, NOTHING);
    cells.drawOccupiedTiles();
    endPasses(this.#device);
    const words = await readTarget(this.#device, target, 0, target.height, 'rgba32ui');
    return Array.from({ length: tiles }, (_, tile) => this.#tallyOf(words, target.width, tile));
  }

  dispose(): void {
    this.#pass.dispose();
    this.#free();
  }

  #tallyOf(words: Uint32Array, width: number, tile: number): TileTally {
    const row = Math.floor(tile / width) * this.#rowsOfTile;
    const at = (rowOfTile: number) => ((row + rowOfTile) * width + (tile % width)) * 4;
    const head = at(0);
    if (words[head] === 0) return this.#blank;
    const votes = Array.from({ length: this.#classes }, (_, index) => words[at(1 + (index >> 2)) + (index & 3)]);
    return {
      inkCells: words[head],
      undecided: words[head + 1],
      changed: words[head + 2],
      confidence: (words[head + 3] & ~RUNAWAY) / 255,
      hasRunAway: (words[head + 3] & RUNAWAY) !== 0,
      votes,
    };
  }

  #reserve(tiles: number): Target {
    const width = Math.min(tiles, TILES_ACROSS);
    const height = Math.ceil(tiles / width) * this.#rowsOfTile;
    if (this.#target && this.#target.width === width && this.#target.height === height) return this.#target;
    this.#free();
    this.#texture = this.#device.createTexture('rgba32ui', width, height);
    this.#target = this.#device.createTarget([this.#texture]);
    return this.#target;
  }

  #free(): void {
    if (this.#target) this.#device.freeTarget(this.#target);
    if (this.#texture) this.#device.freeTexture(this.#texture);
    this.#target = null;
    this.#texture = null;
  }
}
