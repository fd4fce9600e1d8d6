import type { Device } from '../../gpu/device.ts';
import type { Texture } from '../../gpu/gl-objects.ts';

/** The number of vectors in a row of the texture of packed weights, as in `shaders/weights.glsl`. */
const WEIGHTS_WIDTH = 256;

/** Packed arrays of weights, one after the other. Positions are counted in vectors of four. */
export class WeightList {
  readonly #parts: Float32Array[] = [];
  #vectors = 0;

  /** @returns the vector at which the array begins */
  place(array: Float32Array): number {
    const start = this.#vectors;
    this.#parts.push(array);
    this.#vectors += array.length / 4;
    return start;
  }

  get vectors(): number {
    return this.#vectors;
  }

  /** The weights for a uniform block, which needs no padding to whole rows. */
  toArray(): Float32Array {
    return this.#fill(this.#vectors);
  }

  toTexture(device: Device): Texture {
    const rows = Math.ceil(this.#vectors / WEIGHTS_WIDTH);
    return device.createTexture('rgba32f', WEIGHTS_WIDTH, rows, this.#fill(rows * WEIGHTS_WIDTH));
  }

  /** Replaces the contents of a texture that {@link toTexture} made of a list of the same length. */
  updateTexture(device: Device, texture: Texture): void {
    device.updateTexture(texture, 0, texture.height, this.#fill(texture.height * WEIGHTS_WIDTH));
  }

  #fill(vectors: number): Float32Array {
    const weights = new Float32Array(vectors * 4);
    let offset = 0;
    for (const part of this.#parts) {
      weights.set(part, offset);
      offset += part.length;
    }
    return weights;
  }
}
