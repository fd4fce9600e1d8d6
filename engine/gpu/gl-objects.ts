/** The GL objects that a device makes: each is freed through the device by its owner. */
import type { ProgramInfo } from 'twgl.js';
import type { TexelFormat } from './texel-formats.ts';

/** A two-dimensional texture; its owner frees it through the device. */
export interface Texture {
  readonly handle: WebGLTexture;
  readonly format: TexelFormat;
  /** In texels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Textures of one size and format in one object, so that a shader reads any number of them by one sampler. */
export interface TextureArray extends Texture {
  readonly layers: number;
}

/** A framebuffer over textures of one size; freeing it leaves the textures alone. */
export interface Target {
  readonly framebuffer: WebGLFramebuffer;
  readonly width: number;
  readonly height: number;
}

/** A part of a uniform buffer, which a uniform block reads. */
export interface BufferRange {
  readonly buffer: WebGLBuffer;
  /** In bytes; a multiple of 256 suits every driver. */
  readonly offset: number;
  readonly bytes: number;
}

/** A linked program; its owner frees it through the device. */
export type Program = ProgramInfo;
