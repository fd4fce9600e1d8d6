/** The GL objects that a device creates. Each is freed through the device by its owner. */
import type { ProgramInfo } from 'twgl.js';
import type { TexelFormat } from './texel-formats.ts';

/** A two-dimensional texture. Its owner frees it through the device. */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly format: TexelFormat;
  /** In texels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Textures of one size and format in one object, so that a shader reads any number of them with one sampler. */
export interface TextureArray extends Texture {
  readonly layers: number;
}

/** A framebuffer over textures of one size. Freeing it does not free the textures. */
export interface Target {
  readonly framebuffer: WebGLFramebuffer;
  readonly width: number;
  readonly height: number;
}

/** A part of a uniform buffer, which a uniform block reads. */
export interface BufferRange {
  readonly buffer: WebGLBuffer;
  /** In bytes; a multiple of 256 works with every driver. */
  readonly offset: number;
  readonly bytes: number;
}

/** A linked program. Its owner frees it through the device. */
export type Program = ProgramInfo;
