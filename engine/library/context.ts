/**
 * The context of a canvas that the library draws on. Disposing loses the context on purpose, so that nothing is left on
 * the GPU. The canvas can still be used again.
 */
import { CONTEXT_ATTRIBUTES, NO_WEBGL2 } from '../gpu/context.ts';
import { DeviceError } from '../gpu/device-error.ts';

/** For contexts that were lost on purpose: a promise that resolves when they can be restored. */
const givenBack = new WeakMap<WebGL2RenderingContext, Promise<WEBGL_lose_context>>();

/**
 * @param alpha whether the canvas may be transparent; a canvas that already had a context keeps its value
 * @throws DeviceError if the browser has no WebGL2, or if the canvas has a context of another kind
 */
export async function takeContext(canvas: HTMLCanvasElement, alpha: boolean): Promise<WebGL2RenderingContext> {
  const gl = canvas.getContext('webgl2', { ...CONTEXT_ATTRIBUTES, alpha });
  if (!gl) {
    throw new DeviceError(`${NO_WEBGL2} A canvas with a context of another kind cannot be used either.`);
  }
  const lost = givenBack.get(gl);
  if (lost) {
    const extension = await lost;
    givenBack.delete(gl);
    const restored = new Promise((resolve) => {
      canvas.addEventListener('webglcontextrestored', resolve, { once: true });
    });
    extension.restoreContext();
    await restored;
  }
  return gl;
}

/** Prepares a canvas for losing its context on purpose. Call this before that. */
export function giveContextBack(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext): void {
  const extension = gl.getExtension('WEBGL_lose_context');
  if (!extension) return;
  const lost = new Promise<WEBGL_lose_context>((resolve) => {
    const onLost = (event: Event): void => {
      // Without this, the context could not be restored.
      event.preventDefault();
      // The context cannot be restored until the event is over.
      setTimeout(() => resolve(extension), 0);
    };
    canvas.addEventListener('webglcontextlost', onLost, { once: true });
  });
  givenBack.set(gl, lost);
}
