/** A GPU that learning runs on by WebGPU, in a browser or outside of one. */
import { messageOf } from '../../common/error-message.ts';
import { UserFacingError } from '../../common/user-facing-error.ts';
import type { ReadShader } from './shader-source.ts';

/** A GPU that failed, or that cannot do what is asked. */
export class GpuError extends UserFacingError {
  override name = 'GpuError';
}

/** Names of processors that play a GPU. They are far slower than the other backends on the same machine. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/** Whether a GPU of this name is really a processor. */
export function isSoftwareGpu(name: string): boolean {
  return SOFTWARE.test(name);
}

export class Gpu {
  readonly device: GPUDevice;
  /** What it is, in words. */
  readonly description: string;
  readonly readShader: ReadShader;
  #fault: string | null = null;

  private constructor(device: GPUDevice, description: string, readShader: ReadShader) {
    this.device = device;
    this.description = description;
    this.readShader = readShader;
    device.onuncapturederror = ({ error }) => (this.#fault ??= error.message);
    void device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') this.#fault ??= `it was lost: ${message}`;
    });
  }

  /** Opens an adapter's device, with as much memory as it allows. */
  static async open(adapter: GPUAdapter, description: string, readShader: ReadShader): Promise<Gpu> {
    const { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize, maxBufferSize },
    });
    return new Gpu(device, description, readShader);
  }

  /**
   * Waits until a buffer that can be mapped is there to be read, and gives a copy of its first bytes.
   * @throws GpuError if anything failed since the last time
   */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    try {
      await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
    } catch (fault) {
      this.#fault ??= messageOf(fault);
    }
    if (this.#fault !== null) throw new GpuError(`The GPU (${this.description}) failed: ${this.#fault.split('\n')[0]}`);
    const copy = buffer.getMappedRange(0, bytes).slice(0);
    buffer.unmap();
    return copy;
  }
}
