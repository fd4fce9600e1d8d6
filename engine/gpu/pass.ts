import type { Device } from './device.ts';
import type { BufferRange, Program } from './gl-objects.ts';

/** A scalar uniform, or a small vector. */
type UniformValue = number | readonly number[] | Float32Array | Uint32Array;

/**
 * A program with the texture units of its samplers and the last values of its uniforms, so that no frame sets anything
 * twice. Owns the program.
 */
export class Pass {
  readonly #device: Device;
  readonly #program: Program;
  readonly #samplers: readonly string[];
  readonly #values = new Map<string, UniformValue>();
  readonly #blocks = new Set<string>();
  #samplersSet = false;

  private constructor(device: Device, program: Program, samplers: readonly string[]) {
    this.#device = device;
    this.#program = program;
    this.#samplers = samplers;
  }

  /**
   * @param samplers the shader's samplers, in the order in which {@link bind} numbers their textures
   * @throws DeviceError if the program does not compile on this GPU
   */
  static async create(device: Device, vertex: string, fragment: string, samplers: readonly string[]): Promise<Pass> {
    return new Pass(device, await device.createProgram(vertex, fragment), samplers);
  }

  /** Makes this the current program. */
  use(): void {
    const { gl } = this.#device;
    const { program } = this.#program;
    gl.useProgram(program);
    if (this.#samplersSet) return;
    // twgl's setters bind textures at every call. Here, each sampler keeps its unit.
    this.#samplers.forEach((name, unit) => {
      gl.uniform1i(gl.getUniformLocation(program, name), unit);
    });
    this.#samplersSet = true;
  }

  /** Sets a uniform of the current program, unless it already has that value. Unused uniforms are ignored. */
  set(name: string, value: UniformValue): void {
    if (typeof value === 'number' && this.#values.get(name) === value) return;
    this.#values.set(name, value);
    this.#program.uniformSetters[name]?.(value);
  }

  /** Binds a texture to the sampler at `index`. */
  bind(index: number, texture: WebGLTexture): void {
    const { gl } = this.#device;
    gl.activeTexture(gl.TEXTURE0 + index);
    gl.bindTexture(gl.TEXTURE_2D, texture);
  }

  /** Binds a texture array to the sampler at `index`. */
  bindArray(index: number, texture: WebGLTexture): void {
    const { gl } = this.#device;
    gl.activeTexture(gl.TEXTURE0 + index);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
  }

  /** Binds a uniform block to a part of a buffer. Always use the same index for a block. Unused blocks are ignored. */
  bindBlock(name: string, index: number, { buffer, offset, bytes }: BufferRange): void {
    const { gl } = this.#device;
    gl.bindBufferRange(gl.UNIFORM_BUFFER, index, buffer, offset, bytes);
    if (this.#blocks.has(name)) return;
    this.#blocks.add(name);
    const { program } = this.#program;
    const block = gl.getUniformBlockIndex(program, name);
    if (block !== gl.INVALID_INDEX) gl.uniformBlockBinding(program, block, index);
  }

  dispose(): void {
    this.#device.freeProgram(this.#program);
  }
}
