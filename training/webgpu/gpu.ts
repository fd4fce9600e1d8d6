/** The GPU that training runs on, by WebGPU outside a browser. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf } from '../../engine/common/error-message.ts';
import { UserError } from '../../engine/command-line/command.ts';

/** The part of the package "webgpu" that is used here. */
interface WebGpuPackage {
  create(options: string[]): GPU;
  readonly globals: object;
}

/** A GPU that failed while it was at work; the message is one sentence for the user. */
export class GpuError extends UserError {
  override name = 'GpuError';
}

const NO_GPU = 'no GPU with a driver for Vulkan, Metal or Direct3D 12';

/** SwiftShader, a Vulkan driver that plays a GPU on the processor, where Chromium and Chrome bring it along. */
const SOFTWARE_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

/** What `probe.mjs` finds with a driver, or with those of the system: a GPU's name, or why there is none. */
function probe(driver: string | null): { name: string | null; fault: string } {
  const environment = driver === null ? process.env : { ...process.env, VK_DRIVER_FILES: driver };
  const path = fileURLToPath(new URL('./probe.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8', env: environment });
  const fault = /^Warning: (.*)$/m.exec(stderr)?.[1];
  const name = stdout === '' ? null : (JSON.parse(stdout) as string | null);
  return { name, fault: fault === undefined ? NO_GPU : `${NO_GPU} (${fault.replace(/\.$/, '')})` };
}

/**
 * Makes the process use a driver that finds a GPU.
 * @param software whether a processor that plays a GPU will do, too
 * @returns the GPU's name
 * @throws Error that says why there is none
 */
function chooseDriver(software: boolean): string {
  const { name, fault } = probe(null);
  // A processor that plays a GPU is far slower than the other backends are on it.
  if (name !== null && !software && /swiftshader|llvmpipe|warp|basic render/i.test(name)) {
    throw new Error(`only ${name}, which is no GPU`);
  }
  if (name !== null) return name;
  const driver = software && SOFTWARE_DRIVERS.find((path) => existsSync(path));
  const played = driver ? probe(driver).name : null;
  if (!driver || played === null) throw new Error(fault);
  process.env['VK_DRIVER_FILES'] = driver;
  return played;
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
    const name = chooseDriver(software);
    const implementation = webgpu.create([]);
    const adapter = await implementation.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new Error(NO_GPU);
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
      this.#fault ??= messageOf(fault);
    }
    if (this.#fault !== null) throw new GpuError(`The GPU (${this.description}) failed: ${this.#fault.split('\n')[0]}`);
    const copy = buffer.getMappedRange(0, bytes).slice(0);
    buffer.unmap();
    return copy;
  }
}
