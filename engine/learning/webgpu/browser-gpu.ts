/** The GPU of a page or its workers, by WebGPU. */
import { Gpu, GpuError, isSoftwareGpu } from './gpu.ts';

const files: Record<string, string> = import.meta.glob('../../../shaders/training/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const texts = new Map(Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));

function readShader(file: string): string {
  const text = texts.get(file);
  if (text === undefined) throw new Error(`There is no shader "${file}".`);
  return text;
}

/**
 * Opens the fastest GPU that the browser offers.
 *
 * @param software whether a processor that plays a GPU will do, too
 * @throws GpuError that says why there is none
 */
export async function openBrowserGpu({ software }: { software: boolean }): Promise<Gpu> {
  // Browsers without WebGPU, and pages without https, lack it.
  const webgpu = (navigator as { readonly gpu?: GPU }).gpu;
  const adapter = await webgpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new GpuError('This browser offers no GPU by WebGPU.');
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'a GPU';
  if (!software && (isFallbackAdapter || isSoftwareGpu(`${name} ${architecture}`))) {
    throw new GpuError(`This browser offers only ${name}, which is no GPU.`);
  }
  return Gpu.open(adapter, name, readShader);
}
