/**
 * Sets the GL state that both pixi's reset and the engine's passes expect but do not set themselves. Call this between
 * the two.
 */
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
 * Makes every shader of a lost context count as compiled. pixi tries shaders with fewer and fewer branches until one
 * compiles, and would never finish if none does. What it learns from this is forgotten with the context.
 */
export function endLostTrials(gl: WebGL2RenderingContext): void {
  const ask = gl.getShaderParameter.bind(gl);
  gl.getShaderParameter = (shader, name) => gl.isContextLost() || (ask(shader, name) as unknown);
}
