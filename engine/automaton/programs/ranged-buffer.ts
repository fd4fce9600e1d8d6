/** One uniform buffer for many passes, each of which reads its own part of it. */
import type { Device } from '../../gpu/device.ts';
import type { BufferRange } from '../../gpu/gl-objects.ts';
import { CapabilityError } from '../../gpu/device-error.ts';

/** An offset alignment that every driver accepts: the upper limit that WebGL sets for it. */
const ALIGNMENT_BYTES = 256;

export class RangedBuffer {
  readonly #device: Device;
  readonly #parts: { readonly data: Float32Array; readonly offset: number }[] = [];
  #bytes = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  /**
   * @returns the position of the data, in bytes
   * @throws CapabilityError if the data is larger than a uniform block
   */
  place(data: Float32Array): Omit<BufferRange, 'buffer'> {
    const { uniformBlockBytes } = this.#device.capabilities;
    if (data.byteLength > uniformBlockBytes) {
      throw new CapabilityError(
        `The weights of a pass take ${data.byteLength} bytes; a uniform block of this GPU holds ${uniformBlockBytes}.`,
      );
    }
    const offset = this.#bytes;
    this.#parts.push({ data, offset });
    this.#bytes = Math.ceil((offset + data.byteLength) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    return { offset, bytes: data.byteLength };
  }

  /** Returns the buffer with all parts, or null if there are none. */
  upload(): WebGLBuffer | null {
    if (this.#parts.length === 0) return null;
    const all = new Float32Array(this.#bytes / 4);
    for (const { data, offset } of this.#parts) all.set(data, offset / 4);
    return this.#device.createUniformBuffer(all);
  }
}
