/** The GPU that training runs on, by WebGPU outside a browser. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Gpu, isSoftwareGpu } from '../../engine/learning/webgpu/gpu.ts';

/** The part of the package "webgpu" that is used here. */
interface WebGpuPackage {
  create(options: string[]): GPU;
  readonly globals: object;
}

const SHADERS = join(import.meta.dirname, '..', '..', 'shaders', 'training');

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
  if (name !== null && !software && isSoftwareGpu(name)) {
    throw new Error(`only ${name}, which is no GPU`);
  }
  if (name !== null) return name;
  const driver = software && SOFTWARE_DRIVERS.find((path) => existsSync(path));
  const played = driver ? probe(driver).name : null;
  if (!driver || played === null) throw new Error(fault);
  process.env['VK_DRIVER_FILES'] = driver;
  return played;
}

/** Keeps the implementation alive: it ends with the last reference to it. */
const implementations: GPU[] = [];

/**
 * Opens the fastest GPU there is.
 * @param software whether a processor that plays a GPU will do, too
 * @throws Error that says why there is none
 */
export async function openGpu({ software }: { software: boolean }): Promise<Gpu> {
  const local = createRequire(new URL('./package.json', import.meta.url));
  const webgpu = (await import(pathToFileURL(local.resolve('webgpu')).href)) as WebGpuPackage;
  Object.assign(globalThis, webgpu.globals);
  const name = chooseDriver(software);
  const implementation = webgpu.create([]);
  implementations.push(implementation);
  const adapter = await implementation.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error(NO_GPU);
  return Gpu.open(adapter, name, (file) => readFileSync(join(SHADERS, file), 'utf8'));
}
