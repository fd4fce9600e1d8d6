import type { Device } from '../gpu/device.ts';
import type { Target, Texture } from '../gpu/gl-objects.ts';
import { canvasSize } from './layout.ts';
import { Occupancy, TILE_EDGES } from './occupancy.ts';
import { CELL_EDIT_WORDS } from './slot-changes.ts';
import type { CanvasLayout } from './types.ts';

/** The vertices of a rectangle: its four corners, as a strip. */
const CORNERS = 4;

/**
 * The canvas on the GPU: the slot and the ink of every cell, and where the tiles have any. Owns two textures, a target,
 * a vertex buffer and a vertex array.
 */
export class CellMap {
  readonly layout: CanvasLayout;
  /** The slot and the ink of every cell, in the format of `SimulationTextures.cells`. */
  readonly texture: Texture;
  readonly target: Target;
  readonly #device: Device;
  readonly #occupancy: Occupancy;
  readonly #tiles: Uint16Array;
  readonly #bounds: Uint8Array;
  readonly #boundsTexture: Texture;
  readonly #buffer: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  #listedVersion = 0;
  #boundsVersion = -1;

  /** @throws DeviceError if the GPU has no room for it */
  constructor(device: Device, layout: CanvasLayout) {
    const { width, height } = canvasSize(layout);
    this.layout = layout;
    this.#device = device;
    this.#occupancy = new Occupancy(layout);
    this.#tiles = new Uint16Array(TILE_EDGES * layout.columns * layout.rows);
    this.#bounds = new Uint8Array(4 * layout.columns * layout.rows);
    this.#boundsTexture = device.createTexture('rgba8', layout.columns, layout.rows);
    this.texture = device.createTexture('rgba8', width, height);
    this.target = device.createTarget([this.texture]);
    this.#buffer = device.createBuffer(this.#tiles.byteLength);
    this.#array = device.createVertexArray();
    const { gl } = device;
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribIPointer(0, TILE_EDGES, gl.UNSIGNED_SHORT, 0, 0);
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

  /** Increases whenever {@link drawOccupiedTiles} no longer covers cells that it covered before. */
  get blankVersion(): number {
    return this.#occupancy.blankVersion;
  }

  /**
   * Returns a texture with the {@link Occupancy.writeBounds} of the tiles, one texel per tile. It unbinds texture 2D.
   */
  tileBounds(): Texture {
    const { version } = this.#occupancy;
    if (this.#boundsVersion !== version) {
      this.#boundsVersion = version;
      this.#occupancy.writeBounds(this.#bounds);
      this.#device.updateTexture(this.#boundsTexture, 0, this.layout.rows, this.#bounds);
    }
    return this.#boundsTexture;
  }

  /**
   * Draws a strip of four vertices for each tile with ink or slots, using the current program. Attribute 0 holds the
   * edges of a rectangle that contains them: left, top, right, bottom, in cells of the canvas.
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
    this.#device.freeTexture(this.#boundsTexture);
  }

  #upload(): void {
    const { tiles, version } = this.#occupancy;
    if (this.#listedVersion === version) return;
    this.#listedVersion = version;
    this.#occupancy.listTiles(this.#tiles);
    const { gl } = this.#device;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.#tiles, 0, TILE_EDGES * tiles);
  }
}
