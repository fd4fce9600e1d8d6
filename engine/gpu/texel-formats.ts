/** The formats of textures. */

/** The GL constants of a format, and the size of a texel. */
export interface FormatFacts {
  readonly internalFormat: GLenum;
  readonly format: GLenum;
  readonly type: GLenum;
  readonly bytes: number;
}

/** The texel formats in use. All of them have four components and are sampled with NEAREST. */
export type TexelFormat = 'rgba8' | 'rgba16f' | 'rgba32f' | 'rgba32ui';

/** A page must be able to report that there is no WebGL2, so no WebGL2 constant is read before there is a context. */
export const formatsOf = (GL: WebGL2RenderingContext): Record<TexelFormat, FormatFacts> => ({
  rgba8: { internalFormat: GL.RGBA8, format: GL.RGBA, type: GL.UNSIGNED_BYTE, bytes: 4 },
  rgba16f: { internalFormat: GL.RGBA16F, format: GL.RGBA, type: GL.HALF_FLOAT, bytes: 8 },
  rgba32f: { internalFormat: GL.RGBA32F, format: GL.RGBA, type: GL.FLOAT, bytes: 16 },
  rgba32ui: { internalFormat: GL.RGBA32UI, format: GL.RGBA_INTEGER, type: GL.UNSIGNED_INT, bytes: 16 },
});
