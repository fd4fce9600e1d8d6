/** What the engine and pixi need of the WebGL2 context that they share. */
export const CONTEXT_ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  // pixi asks for one.
  stencil: true,
  powerPreference: 'high-performance',
};

/**
 * Asks for a canvas' context as soon as there is a canvas: the GPU wakes up while the rest of the page loads. Should the
 * context be lost before anybody else listens, it returns all the same.
 */
export function wakeGpu(canvas: HTMLCanvasElement): void {
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
}
