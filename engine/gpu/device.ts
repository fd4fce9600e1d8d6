/**
 * The GPU as the engine sees it: what the adapter can do, and the one place
 * where GL objects are made, counted and freed. Knows no automaton.
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
  /** The adapter's name, as far as the browser tells. */
  readonly renderer: string;
  readonly capabilities: Capabilities;
  readonly reads: PendingReads;
  readonly #formats: Record<TexelFormat, FormatFacts>;
  readonly #objects = new Set<object>();
  /** Kinds of targets that the driver has found complete. */
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
   * Takes a context into use.
   * @throws DeviceError if it is lost or can render to no kind of float texture
   */
  static open(gl: WebGL2RenderingContext, limits: DeviceLimits = {}): Device {
    const device = new Device(gl, limits);
    // A context that is lost has given no answers that mean anything.
    if (gl.isContextLost()) {
      device.dispose();
      throw new ContextLostError('The GPU has taken its context back; reload the page to try again.');
    }
    if (!device.capabilities.floatTargets && !device.capabilities.halfFloatTargets) {
      throw new DeviceError(
        'This GPU cannot render to float textures (EXT_color_buffer_float), which the automaton keeps its state in.',
      );
    }
    return device;
  }

  /** Times that the GPU has taken the context back. */
  get losses(): number {
    return this.#losses;
  }

  /** Whether a failure comes of a lost context, which may be back by now, and is thus no fault. */
  isLoss(error: unknown): boolean {
    return error instanceof ContextLostError || this.gl.isContextLost();
  }

  /** GL objects made through this device and not yet freed. */
  get objectCount(): number {
    return this.#objects.size;
  }

  /** Bytes of texture memory made through this device and not yet freed. */
  get textureBytes(): number {
    return this.#textureBytes;
  }

  /** Whether the renderer is Chromium's own in software, whose compiler is quick; of no other is anything known by its name. */
  get isSwiftShader(): boolean {
    return /swiftshader/i.test(this.renderer);
  }

  /** The format that the automaton's numbers are kept in: float32 where it can be rendered to. */
  get floatFormat(): 'rgba32f' | 'rgba16f' {
    return this.capabilities.floatTargets ? 'rgba32f' : 'rgba16f';
  }

  /**
   * A texture, all zero, or holding `data` (width · height · 4 components).
   * @throws DeviceError if it is larger than the adapter allows or the driver refuses it
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
   * Textures of one size, all zero.
   * @throws DeviceError if they are larger or more than the adapter allows, or the driver refuses them
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

  /** Sets whole rows of a float texture, full or half, from float32 values; width · rows · 4 of them. */
  updateTexture({ handle, width, format }: Texture, firstRow: number, rows: number, data: Float32Array): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, handle);
    this.#unpackPlainly();
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, firstRow, width, rows, this.#formats[format].format, gl.FLOAT, data);
    gl.bindTexture(gl.TEXTURE_2D, null);
  }

  freeTexture(texture: Texture): void {
    if (!this.#objects.delete(texture.handle)) return;
    this.#textureBytes -= texture.bytes;
    this.gl.deleteTexture(texture.handle);
  }

  /**
   * A framebuffer that draws into all of `textures` at once.
   * @throws DeviceError if the driver finds it incomplete
   */
  createTarget(textures: readonly Texture[]): Target {
    const { gl } = this;
    return this.#createTarget(textures[0], textures.length, (attachment, index) => {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, textures[index].handle, 0);
    });
  }

  /**
   * A framebuffer that draws into `count` layers at once, from `first` on.
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

  /** A vertex buffer of `bytes` for data that changes often. */
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

  /** A uniform buffer that holds `data`. */
  createUniformBuffer(data: Float32Array): WebGLBuffer {
    const { gl } = this;
    const buffer = this.#track(gl.createBuffer(), 'a buffer');
    gl.bindBuffer(gl.UNIFORM_BUFFER, buffer);
    gl.bufferData(gl.UNIFORM_BUFFER, data, gl.STATIC_DRAW);
    gl.bindBuffer(gl.UNIFORM_BUFFER, null);
    return buffer;
  }

  /** A query, or null where the GPU refuses: nothing but a measurement is lost with it. */
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

  /** The vertex array without attributes that passes draw with; made once. */
  get emptyVertexArray(): WebGLVertexArrayObject {
    this.#vertexArray ??= this.createVertexArray();
    return this.#vertexArray;
  }

  /**
   * Compiles and links without blocking where the browser can.
   * @throws DeviceError with the driver's first complaint
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

  /** Frees what the device itself owns; the owners of all else free theirs first. */
  dispose(): void {
    if (this.#vertexArray) this.freeVertexArray(this.#vertexArray);
    this.#vertexArray = null;
    this.gl.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.gl.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
  }

  readonly #onLost = (event: Event): void => {
    // Only so does the context ever return.
    event.preventDefault();
    this.#losses += 1;
    this.reads.abandon();
  };

  /** All objects went with the lost context. Being the first to hear of the new one, nobody has made any on it yet. */
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
        `This GPU cannot draw into ${count} ${format} textures at once (${twgl.glEnumToString(gl, status)}).`,
      );
    }
    return { framebuffer, width, height };
  }

  /** Asks the driver about the first target of a kind only: its answer waits for all that was issued before. */
  #statusOf(kind: string): GLenum {
    const { gl } = this;
    if (this.#complete.has(kind) && !gl.isContextLost()) return gl.FRAMEBUFFER_COMPLETE;
    const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
    if (status === gl.FRAMEBUFFER_COMPLETE) this.#complete.add(kind);
    return status;
  }

  /** Others on the same context may have left the unpacking of pixels in any state. */
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
      throw new DeviceError(`The GPU has refused to make ${what}.`);
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
