/** The attributes that the engine and pixi need of the WebGL2 context that they share. */
export const CONTEXT_ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  // pixi requires a stencil buffer.
  stencil: true,
  powerPreference: 'high-performance',
};

/** For pages that embed the engine. The main page gives a more detailed message. */
export const NO_WEBGL2 =
  'This browser does not support WebGL2. Turn on hardware acceleration in its settings, or start Chromium with --enable-unsafe-swiftshader.';

/**
 * Requests the context of a canvas as early as possible, so that the GPU wakes up while the rest of the page loads. If
 * the context is lost before anything else listens, it is still restored.
 */
export function wakeGpu(canvas: HTMLCanvasElement): void {
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
}
