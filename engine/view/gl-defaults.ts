/** The GL state that neither pixi's reset nor the engine's passes expect to be otherwise: set between the two. */
export function leaveDefaults(gl: WebGL2RenderingContext): void {
  gl.bindVertexArray(null);
  gl.useProgram(null);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.disable(gl.BLEND);
  gl.disable(gl.SCISSOR_TEST);
  gl.disable(gl.STENCIL_TEST);
  gl.disable(gl.DEPTH_TEST);
  gl.disable(gl.CULL_FACE);
  gl.colorMask(true, true, true, true);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
}

/**
 * Lets every shader of a lost context count as compiled. pixi tries shaders of ever fewer branches until one compiles,
 * and would never end where none ever does; what it has learnt is forgotten with the context.
 */
export function endLostTrials(gl: WebGL2RenderingContext): void {
  const ask = gl.getShaderParameter.bind(gl);
  gl.getShaderParameter = (shader, name) => gl.isContextLost() || (ask(shader, name) as unknown);
}
