/** The GPU that training runs on, by WebGPU outside a browser. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../engine/cli/command.ts';

/** The part of the package "webgpu" that is used here. */
interface WebGpuPackage {
  create(options: string[]): GPU;
  readonly globals: object;
}

/** A GPU that failed while it was at work; the message is one sentence for the user. */
export class GpuError extends UserError {
  override name = 'GpuError';
}

export class Gpu {
  readonly device: GPUDevice;
  /** What it is, in words. */
  readonly description: string;
  /** Keeps the implementation alive: it ends with the last reference to it. */
  readonly implementation: GPU;
  #fault: string | null = null;

  private constructor(implementation: GPU, device: GPUDevice, description: string) {
    this.implementation = implementation;
    this.device = device;
    this.description = description;
    device.onuncapturederror = ({ error }) => (this.#fault ??= error.message);
    void device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') this.#fault ??= `it was lost: ${message}`;
    });
  }

  /**
   * Opens the fastest GPU there is.
   * @param software whether a processor that plays a GPU will do, too
   * @throws Error that says why there is none
   */
  static async open({ software }: { software: boolean }): Promise<Gpu> {
    const local = createRequire(new URL('./package.json', import.meta.url));
    const webgpu = (await import(pathToFileURL(local.resolve('webgpu')).href)) as WebGpuPackage;
    Object.assign(globalThis, webgpu.globals);
    const implementation = webgpu.create([]);
    const adapter = await implementation.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Error('no GPU with a driver for Vulkan, Metal or Direct3D 12');
    const { vendor, architecture, device: model, description } = adapter.info;
    const name = [model || architecture || vendor, description].filter(Boolean).join(', ');
    // A processor that plays a GPU is far slower than the other backends are on it.
    if (!software && /swiftshader|llvmpipe|warp|basic render/i.test(name)) {
      throw new Error(`only ${name}, which is no GPU`);
    }
    const { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize, maxBufferSize },
    });
    return new Gpu(implementation, device, name);
  }

  /**
   * Waits until a buffer that can be mapped is there to be read, and gives a copy of its first bytes.
   * @throws GpuError if anything failed since the last time
   */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    try {
      await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
    } catch (fault) {
      this.#fault ??= fault instanceof Error ? fault.message : String(fault);
    }
    if (this.#fault !== null) throw new GpuError(`The GPU (${this.description}) failed: ${this.#fault.split('\n')[0]}`);
    const copy = buffer.getMappedRange(0, bytes).slice(0);
    buffer.unmap();
    return copy;
  }
}
