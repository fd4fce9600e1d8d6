/** What the engine and pixi need of the WebGL2 context that they share. */
export const CONTEXT_ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  // pixi asks for one.
  stencil: true,
  powerPreference: 'high-performance',
};

/** For pages that embed the engine; the page itself says more. */
export const NO_WEBGL2 =
  'This browser offers no WebGL2. Turn on hardware acceleration in its settings, or start Chromium with --enable-unsafe-swiftshader.';

/**
 * Asks for a canvas' context as soon as there is a canvas: the GPU wakes up while the rest of the page loads. Should the
 * context be lost before anybody else listens, it returns all the same.
 */
export function wakeGpu(canvas: HTMLCanvasElement): void {
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
}
