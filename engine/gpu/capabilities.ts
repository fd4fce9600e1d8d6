/** The capabilities of a GPU, as reported by its driver. */

/** The capabilities of the GPU, after any limits set by a test. */
export interface Capabilities {
  /** The number of colour attachments of a framebuffer. */
  readonly drawBuffers: number;
  /** Whether RGBA32F textures can be rendered to. */
  readonly floatTargets: boolean;
  /** Whether RGBA16F textures can be rendered to. */
  readonly halfFloatTargets: boolean;
  /** Whether the GPU's own time can be queried. */
  readonly timerQueries: boolean;
  /** Whether shaders can be compiled without blocking. */
  readonly parallelCompile: boolean;
  /** The maximum width and height of a texture, in texels. */
  readonly textureSize: number;
  /** The maximum number of layers of a texture array. */
  readonly textureLayers: number;
  /** The number of textures that a fragment shader can read; at least 16. */
  readonly textureUnits: number;
  /** The maximum size of a uniform block, in bytes. */
  readonly uniformBlockBytes: number;
  /** The maximum number of uniform blocks of a fragment shader. */
  readonly uniformBlocks: number;
  /** Whether the GPU draws tile by tile, as those of phones do. */
  readonly tiles: boolean;
}

/** Capabilities to disable, so that a test or a user can see how the engine works without them. */
export interface DeviceLimits {
  readonly drawBuffers?: number;
  readonly floatTargets?: boolean;
  readonly timerQueries?: boolean;
  readonly parallelCompile?: boolean;
}

/** The GPUs of phones and tablets, and Apple's, by their renderers' names. */
const TILING_GPU = /\b(adreno|apple|immortalis|mali|powervr|videocore)\b/i;

/** The name of the GPU, if the browser reports it. */
export function rendererName(gl: WebGL2RenderingContext): string {
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return typeof name === 'string' && name !== '' ? name : 'unknown';
}

/** Requests all optional extensions in use. Call this again for a restored context. */
export function enableExtensions(gl: WebGL2RenderingContext): void {
  for (const name of [
    'EXT_color_buffer_float',
    'EXT_color_buffer_half_float',
    'KHR_parallel_shader_compile',
    'EXT_disjoint_timer_query_webgl2',
  ]) {
    gl.getExtension(name);
  }
}

/** Queries the driver. `limits` can only reduce the capabilities. */
export function readCapabilities(gl: WebGL2RenderingContext, limits: DeviceLimits): Capabilities {
  enableExtensions(gl);
  const floatTargets = gl.getExtension('EXT_color_buffer_float') !== null;
  const halfFloatTargets = floatTargets || gl.getExtension('EXT_color_buffer_half_float') !== null;
  const drawBuffers = Math.min(numberOf(gl, gl.MAX_DRAW_BUFFERS), numberOf(gl, gl.MAX_COLOR_ATTACHMENTS));
  return {
    drawBuffers: Math.max(1, Math.min(limits.drawBuffers ?? drawBuffers, drawBuffers)),
    floatTargets: floatTargets && limits.floatTargets !== false,
    halfFloatTargets,
    timerQueries: limits.timerQueries !== false && gl.getExtension('EXT_disjoint_timer_query_webgl2') !== null,
    parallelCompile: limits.parallelCompile !== false && gl.getExtension('KHR_parallel_shader_compile') !== null,
    textureSize: numberOf(gl, gl.MAX_TEXTURE_SIZE),
    textureLayers: numberOf(gl, gl.MAX_ARRAY_TEXTURE_LAYERS),
    textureUnits: numberOf(gl, gl.MAX_TEXTURE_IMAGE_UNITS),
    uniformBlockBytes: numberOf(gl, gl.MAX_UNIFORM_BLOCK_SIZE),
    uniformBlocks: numberOf(gl, gl.MAX_FRAGMENT_UNIFORM_BLOCKS),
    tiles: TILING_GPU.test(rendererName(gl)),
  };
}

function numberOf(gl: WebGL2RenderingContext, name: GLenum): number {
  const value: unknown = gl.getParameter(name);
  return typeof value === 'number' ? value : 0;
}
