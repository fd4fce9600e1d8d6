/** What the engine and pixi need of the WebGL2 context that they share. */
export const CONTEXT_ATTRIBUTES: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  // pixi asks for one.
  stencil: true,
  powerPreference: 'high-performance',
};
