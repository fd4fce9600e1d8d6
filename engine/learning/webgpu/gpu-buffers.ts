/** Buffers by name that grow as they are needed, and the bind groups of passes over them. */
import type { Gpu } from './gpu.ts';

/** A buffer's name, and whether a pass writes it. */
export interface Binding<Name extends string> {
  readonly name: Name;
  readonly use: 'uniform' | 'read' | 'write';
}

const BINDING_TYPES = { uniform: 'uniform', read: 'read-only-storage', write: 'storage' } as const;
/** So much larger than asked for, so that slightly larger batches still fit. */
const ROOM = 1.25;

/** The layout of a pass's bind group. */
export function bindGroupLayout(device: GPUDevice, bindings: readonly Binding<string>[]): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    entries: bindings.map(({ use }, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: BINDING_TYPES[use] },
    })),
  });
}

export class GpuBuffers<Name extends string> {
  readonly #gpu: Gpu;
  readonly #buffers = new Map<Name, GPUBuffer>();
  readonly #groups = new Map<GPUBindGroupLayout, GPUBindGroup>();

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** The buffer `name` with room for at least `bytes`. What was in a smaller one is lost. */
  reserve(name: Name, bytes: number, usage = GPUBufferUsage.STORAGE): GPUBuffer {
    const present = this.#buffers.get(name);
    if (present && present.size >= bytes) return present;
    present?.destroy();
    this.#groups.clear();
    const { maxBufferSize } = this.#gpu.device.limits;
    const roomy = 16 * Math.ceil((bytes * ROOM) / 16);
    const size = Math.max(bytes, Math.min(roomy, maxBufferSize));
    const copies = usage & GPUBufferUsage.MAP_READ ? 0 : GPUBufferUsage.COPY_SRC;
    const buffer = this.#gpu.device.createBuffer({
      label: name,
      size,
      usage: usage | copies | GPUBufferUsage.COPY_DST,
    });
    this.#buffers.set(name, buffer);
    return buffer;
  }

  /** Reserves room for `data` and writes it there. */
  write(name: Name, data: Float32Array | Int32Array | Uint32Array): void {
    const { buffer, byteOffset, byteLength } = data;
    this.#gpu.device.queue.writeBuffer(this.reserve(name, byteLength), 0, buffer, byteOffset, byteLength);
  }

  /** The bind group of a pass whose buffers are all reserved. */
  group(layout: GPUBindGroupLayout, bindings: readonly Binding<Name>[]): GPUBindGroup {
    let group = this.#groups.get(layout);
    if (!group) {
      const entries = bindings.map(({ name }, binding) => {
        const buffer = this.#buffers.get(name);
        if (!buffer) throw new Error(`No buffer "${name}" is reserved.`);
        return { binding, resource: { buffer } };
      });
      group = this.#gpu.device.createBindGroup({ layout, entries });
      this.#groups.set(layout, group);
    }
    return group;
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
    this.#groups.clear();
  }
}
