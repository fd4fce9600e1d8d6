import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { canvasSize } from './layout.ts';
import { Occupancy } from './occupancy.ts';
import { CELL_EDIT_WORDS } from './slot-changes.ts';
import type { CanvasLayout } from './types.ts';

/** The vertices of a tile: its four corners, as a strip. */
const CORNERS = 4;

/**
 * The canvas on the GPU: the slot and the ink of every cell, and which tiles are occupied. Owns two textures, a target,
 * a vertex buffer and a vertex array.
 */
export class CellMap {
  readonly layout: CanvasLayout;
  /** The slot and the ink of every cell, in the format of `SimulationTextures.cells`. */
  readonly texture: Texture;
  readonly target: Target;
  readonly #device: Device;
  readonly #occupancy: Occupancy;
  readonly #tiles: Uint32Array;
  readonly #marks: Uint8Array;
  readonly #markTexture: Texture;
  readonly #buffer: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  #listedVersion = 0;
  #markedVersion = 0;

  /** @throws DeviceError if the GPU has no room for it */
  constructor(device: Device, layout: CanvasLayout) {
    const { width, height } = canvasSize(layout);
    this.layout = layout;
    this.#device = device;
    this.#occupancy = new Occupancy(layout);
    this.#tiles = new Uint32Array(layout.columns * layout.rows);
    this.#marks = new Uint8Array(4 * layout.columns * layout.rows);
    this.#markTexture = device.createTexture('rgba8', layout.columns, layout.rows);
    this.texture = device.createTexture('rgba8', width, height);
    this.target = device.createTarget([this.texture]);
    this.#buffer = device.createBuffer(this.#tiles.byteLength);
    this.#array = device.createVertexArray();
    const { gl } = device;
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribIPointer(0, 1, gl.UNSIGNED_INT, 0, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
  }

  /** Records what has changed in the texture. `words` has the same format as in `SlotEdits.cells`. */
  note(words: Uint32Array, entries: number): void {
    for (let index = 0; index < entries * CELL_EDIT_WORDS; index += CELL_EDIT_WORDS) {
      this.#occupancy.set(words[index], words[index + 1] !== 0);
    }
  }

  /** Increases whenever a tile becomes occupied or empty. */
  get occupancyVersion(): number {
    return this.#occupancy.version;
  }

  /** Returns a texture, one texel per tile: red is 1 if the tile has ink or slots, otherwise 0. It unbinds texture 2D. */
  occupiedTiles(): Texture {
    const { version } = this.#occupancy;
    if (this.#markedVersion !== version) {
      this.#markedVersion = version;
      this.#occupancy.markTiles(this.#marks);
      this.#device.updateTexture(this.#markTexture, 0, this.layout.rows, this.#marks);
    }
    return this.#markTexture;
  }

  /**
   * Draws a strip of four vertices for each tile with ink or slots, using the current program. Attribute 0 is the
   * tile's index.
   */
  drawOccupiedTiles(): void {
    const { gl } = this.#device;
    const { tiles } = this.#occupancy;
    gl.bindVertexArray(this.#array);
    this.#upload();
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, CORNERS, tiles);
    gl.bindVertexArray(this.#device.emptyVertexArray);
  }

  dispose(): void {
    this.#device.freeVertexArray(this.#array);
    this.#device.freeBuffer(this.#buffer);
    this.#device.freeTarget(this.target);
    this.#device.freeTexture(this.texture);
    this.#device.freeTexture(this.#markTexture);
  }

  #upload(): void {
    const { tiles, version } = this.#occupancy;
    if (this.#listedVersion === version) return;
    this.#listedVersion = version;
    this.#occupancy.listTiles(this.#tiles);
    const { gl } = this.#device;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.#tiles, 0, tiles);
  }
}
