/**
 * The GPU as the engine sees it: its capabilities, and the single place where GL objects are created, counted and
 * freed. It is independent of the automaton.
 */
import * as twgl from 'twgl.js';
import { messageOf } from '../common/error-message.ts';
import {
  type Capabilities,
  type DeviceLimits,
  enableExtensions,
  readCapabilities,
  rendererName,
} from './capabilities.ts';
import { CapabilityError, ContextLostError, DeviceError } from './device-error.ts';
import type { Program, Target, Texture, TextureArray } from './gl-objects.ts';
import { linkProgram } from './link.ts';
import { PendingReads } from './pending-reads.ts';
import { type FormatFacts, formatsOf, type TexelFormat } from './texel-formats.ts';

export class Device {
  readonly gl: WebGL2RenderingContext;
  /** The name of the GPU, if the browser reports it. */
  readonly renderer: string;
  readonly capabilities: Capabilities;
  readonly reads: PendingReads;
  readonly #formats: Record<TexelFormat, FormatFacts>;
  readonly #objects = new Set<object>();
  /** The kinds of targets that the driver has found complete. */
  readonly #complete = new Set<string>();
  #textureBytes = 0;
  #vertexArray: WebGLVertexArrayObject | null = null;
  #losses = 0;

  private constructor(gl: WebGL2RenderingContext, limits: DeviceLimits) {
    this.gl = gl;
    this.reads = new PendingReads(gl);
    this.#formats = formatsOf(gl);
    this.renderer = rendererName(gl);
    this.capabilities = readCapabilities(gl, limits);
    gl.canvas.addEventListener('webglcontextlost', this.#onLost);
    gl.canvas.addEventListener('webglcontextrestored', this.#onRestored);
  }

  /**
   * Opens a device on a context.
   *
   * @throws DeviceError if the context is lost or cannot render to any kind of float texture
   */
  static open(gl: WebGL2RenderingContext, limits: DeviceLimits = {}): Device {
    const device = new Device(gl, limits);
    // The answers of a lost context are meaningless.
    if (gl.isContextLost()) {
      device.dispose();
      throw new ContextLostError('The GPU context was lost; reload the page to try again.');
    }
    if (!device.capabilities.floatTargets && !device.capabilities.halfFloatTargets) {
      throw new DeviceError(
        'This GPU cannot render to float textures (EXT_color_buffer_float), which the automaton keeps its state in.',
      );
    }
    return device;
  }

  /** The number of times that the context has been lost. */
  get losses(): number {
    return this.#losses;
  }

  /** Whether a failure is only the result of a lost context, which may have been restored by now. */
  isLoss(error: unknown): boolean {
    return error instanceof ContextLostError || this.gl.isContextLost();
  }

  /** The number of GL objects that were created through this device and not yet freed. */
  get objectCount(): number {
    return this.#objects.size;
  }

  /** The number of bytes of texture memory that were allocated through this device and not yet freed. */
  get textureBytes(): number {
    return this.#textureBytes;
  }

  /**
   * Whether the renderer is Chromium's software renderer, whose compiler is quick. Nothing is known about other
   * renderers by their names.
   */
  get isSwiftShader(): boolean {
    return /swiftshader/i.test(this.renderer);
  }

  /** The format of the automaton's numbers: float32 if the GPU can render to it. */
  get floatFormat(): 'rgba32f' | 'rgba16f' {
    return this.capabilities.floatTargets ? 'rgba32f' : 'rgba16f';
  }

  /**
   * Creates a texture that is all zero, or holds `data` (width · height · 4 components).
   *
   * @throws DeviceError if it is larger than the GPU allows or the driver refuses it
   */
  createTexture(format: TexelFormat, width: number, height: number, data?: ArrayBufferView): Texture {
    const { gl } = this;
    this.#checkSize(width, height);
    const facts = this.#formats[format];
    const handle = this.#track(gl.createTexture(), 'a texture');
    gl.bindTexture(gl.TEXTURE_2D, handle);
    gl.texStorage2D(gl.TEXTURE_2D, 1, facts.internalFormat, width, height);
    if (data) {
      this.#unpackPlainly();
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, facts.format, facts.type, data);
    }
    twgl.setTextureParameters(gl, handle, { minMag: gl.NEAREST, wrap: gl.CLAMP_TO_EDGE });
    gl.bindTexture(gl.TEXTURE_2D, null);
    const bytes = width * height * facts.bytes;
    this.#textureBytes += bytes;
    return { handle, format, width, height, bytes };
  }

  /**
   * Creates textures of one size, all zero.
   *
   * @throws DeviceError if they are larger or more than the GPU allows, or the driver refuses them
   */
  createTextureArray(format: TexelFormat, width: number, height: number, layers: number): TextureArray {
    const { gl } = this;
    const { textureLayers } = this.capabilities;
    this.#checkSize(width, height);
    if (layers > textureLayers) {
      throw new CapabilityError(`${layers} layers are needed, but a texture of this GPU has at most ${textureLayers}.`);
    }
    const facts = this.#formats[format];
    const handle = this.#track(gl.createTexture(), 'a texture');
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, handle);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, facts.internalFormat, width, height, layers);
    const nearest = { target: gl.TEXTURE_2D_ARRAY, minMag: gl.NEAREST, wrap: gl.CLAMP_TO_EDGE };
    twgl.setTextureParameters(gl, handle, nearest);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
    const bytes = width * height * layers * facts.bytes;
    this.#textureBytes += bytes;
    return { handle, format, width, height, layers, bytes };
  }

  /**
   * Sets whole rows of a texture from width · rows · 4 values: float32 for a float texture, full or half, bytes for one
   * of bytes.
   */
  updateTexture(
    { handle, width, format }: Texture,
    firstRow: number,
    rows: number,
    data: Float32Array | Uint8Array,
  ): void {
    const { gl } = this;
    const type = data instanceof Uint8Array ? gl.UNSIGNED_BYTE : gl.FLOAT;
    gl.bindTexture(gl.TEXTURE_2D, handle);
    this.#unpackPlainly();
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, firstRow, width, rows, this.#formats[format].format, type, data);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }

  freeTexture(texture: Texture): void {
    if (!this.#objects.delete(texture.handle)) return;
    this.#textureBytes -= texture.bytes;
    this.gl.deleteTexture(texture.handle);
  }

  /**
   * Creates a framebuffer that draws into all of `textures` at the same time.
   *
   * @throws DeviceError if the driver finds it incomplete
   */
  createTarget(textures: readonly Texture[]): Target {
    const { gl } = this;
    return this.#createTarget(textures[0], textures.length, (attachment, index) => {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, textures[index].handle, 0);
    });
  }

  /**
   * Creates a framebuffer that draws into `count` layers at the same time, starting with `first`.
   *
   * @throws DeviceError if the driver finds it incomplete
   */
  createLayerTarget(array: TextureArray, first: number, count: number): Target {
    const { gl } = this;
    return this.#createTarget(array, count, (attachment, index) => {
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, attachment, array.handle, 0, first + index);
    });
  }

  freeTarget(target: Target): void {
    if (this.#objects.delete(target.framebuffer)) this.gl.deleteFramebuffer(target.framebuffer);
  }

  /** Creates a vertex buffer of `bytes` for data that changes often. */
  createBuffer(bytes: number): WebGLBuffer {
    const { gl } = this;
    const buffer = this.#track(gl.createBuffer(), 'a buffer');
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
    return buffer;
  }

  freeBuffer(buffer: WebGLBuffer): void {
    if (this.#objects.delete(buffer)) this.gl.deleteBuffer(buffer);
  }

  /** Replaces the contents of a uniform buffer. `data` is as long as before. */
  updateUniformBuffer(buffer: WebGLBuffer, data: Float32Array): void {
    const { gl } = this;
    gl.bindBuffer(gl.UNIFORM_BUFFER, buffer);
    gl.bufferSubData(gl.UNIFORM_BUFFER, 0, data);
    gl.bindBuffer(gl.UNIFORM_BUFFER, null);
  }

  /** Creates a uniform buffer that holds `data`. */
  createUniformBuffer(data: Float32Array): WebGLBuffer {
    const { gl } = this;
    const buffer = this.#track(gl.createBuffer(), 'a buffer');
    gl.bindBuffer(gl.UNIFORM_BUFFER, buffer);
    gl.bufferData(gl.UNIFORM_BUFFER, data, gl.STATIC_DRAW);
    gl.bindBuffer(gl.UNIFORM_BUFFER, null);
    return buffer;
  }

  /** Creates a query, or returns null if the GPU refuses: only a measurement is lost in that case. */
  createQuery(): WebGLQuery | null {
    const query = this.gl.createQuery() as WebGLQuery | null;
    if (query) this.#objects.add(query);
    return query;
  }

  freeQuery(query: WebGLQuery): void {
    if (this.#objects.delete(query)) this.gl.deleteQuery(query);
  }

  createVertexArray(): WebGLVertexArrayObject {
    return this.#track(this.gl.createVertexArray(), 'a vertex array');
  }

  freeVertexArray(array: WebGLVertexArrayObject): void {
    if (this.#objects.delete(array)) this.gl.deleteVertexArray(array);
  }

  /** The vertex array without attributes that passes draw with. It is created once. */
  get emptyVertexArray(): WebGLVertexArrayObject {
    this.#vertexArray ??= this.createVertexArray();
    return this.#vertexArray;
  }

  /**
   * Compiles and links a program, without blocking if the browser supports that.
   *
   * @throws DeviceError with the driver's first error message
   */
  async createProgram(vertex: string, fragment: string): Promise<Program> {
    const { gl, losses } = this;
    const isLost = (): boolean => losses !== this.#losses || gl.isContextLost();
    let program: WebGLProgram;
    try {
      program = await linkProgram(gl, vertex, fragment, { parallel: this.capabilities.parallelCompile, isLost });
    } catch (error) {
      if (isLost()) throw new ContextLostError(undefined, { cause: error });
      throw new DeviceError(`A shader does not compile on this GPU: ${firstComplaint(error)}`, { cause: error });
    }
    this.#objects.add(program);
    return twgl.createProgramInfoFromProgram(gl, program);
  }

  freeProgram(program: Program): void {
    if (this.#objects.delete(program.program)) this.gl.deleteProgram(program.program);
  }

  /** Frees the objects of the device itself. The owners of all others must free theirs first. */
  dispose(): void {
    if (this.#vertexArray) this.freeVertexArray(this.#vertexArray);
    this.#vertexArray = null;
    this.gl.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.gl.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
  }

  readonly #onLost = (event: Event): void => {
    // Without this, the context is never restored.
    event.preventDefault();
    this.#losses += 1;
    this.reads.abandon();
  };

  /**
   * All objects were lost with the context. This listener is the first to run, so no objects exist on the new context
   * yet.
   */
  readonly #onRestored = (): void => {
    this.#objects.clear();
    this.#complete.clear();
    this.#textureBytes = 0;
    this.#vertexArray = null;
    enableExtensions(this.gl);
  };

  #checkSize(width: number, height: number): void {
    const { textureSize } = this.capabilities;
    if (width <= textureSize && height <= textureSize) return;
    throw new DeviceError(
      `A texture of ${width} × ${height} is needed, but this GPU allows at most ${textureSize} × ${textureSize}.`,
    );
  }

  #createTarget(
    { width, height, format }: Texture,
    count: number,
    attach: (attachment: GLenum, index: number) => void,
  ): Target {
    const { gl } = this;
    const framebuffer = this.#track(gl.createFramebuffer(), 'a framebuffer');
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const attachments = Array.from({ length: count }, (_, index) => gl.COLOR_ATTACHMENT0 + index);
    attachments.forEach(attach);
    gl.drawBuffers(attachments);
    const status = this.#statusOf(`${format} ${count}`);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    if (status !== gl.FRAMEBUFFER_COMPLETE) {
      this.#objects.delete(framebuffer);
      gl.deleteFramebuffer(framebuffer);
      if (gl.isContextLost()) throw new ContextLostError();
      throw new DeviceError(
        `This GPU cannot draw into ${count} ${format} textures at the same time (${twgl.glEnumToString(gl, status)}).`,
      );
    }
    return { framebuffer, width, height };
  }

  /**
   * Queries the driver only about the first target of each kind, because its answer waits for all previously issued
   * work.
   */
  #statusOf(kind: string): GLenum {
    const { gl } = this;
    if (this.#complete.has(kind) && !gl.isContextLost()) return gl.FRAMEBUFFER_COMPLETE;
    const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
    if (status === gl.FRAMEBUFFER_COMPLETE) this.#complete.add(kind);
    return status;
  }

  /** Other code on the same context may have left the pixel unpacking in any state. */
  #unpackPlainly(): void {
    const { gl } = this;
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  }

  #track<T extends object>(object: T | null, what: string): T {
    if (!object) {
      if (this.gl.isContextLost()) throw new ContextLostError();
      throw new DeviceError(`The GPU has refused to create ${what}.`);
    }
    this.#objects.add(object);
    return object;
  }
}

/** The first line of a compile log that is not an echo of the source. */
function firstComplaint(error: unknown): string {
  const text = messageOf(error);
  const line = text.split('\n').find((candidate) => candidate.includes('ERROR')) ?? text.split('\n')[0];
  return line.trim().slice(0, 200);
}
