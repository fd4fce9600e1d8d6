/**
 * The context of a canvas that the library may draw on. Disposing loses it, so
 * that nothing is left on the GPU; the canvas can be taken again all the same.
 */
import { CONTEXT_ATTRIBUTES, NO_WEBGL2 } from '../gpu/context.ts';
import { DeviceError } from '../gpu/device-error.ts';

/** Of contexts that were lost on purpose: settled when they can be asked for again. */
const givenBack = new WeakMap<WebGL2RenderingContext, Promise<WEBGL_lose_context>>();

/**
 * @param alpha whether what lies behind the canvas may show; a canvas that had a context keeps what it had
 * @throws DeviceError if this browser has no WebGL2, or the canvas a context of another kind
 */
export async function takeContext(canvas: HTMLCanvasElement, alpha: boolean): Promise<WebGL2RenderingContext> {
  const gl = canvas.getContext('webgl2', { ...CONTEXT_ATTRIBUTES, alpha });
  if (!gl) {
    throw new DeviceError(`${NO_WEBGL2} A canvas that has a context of another kind cannot be used either.`);
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

/** Call before the context is lost on purpose. */
export function giveContextBack(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext): void {
  const extension = gl.getExtension('WEBGL_lose_context');
  if (!extension) return;
  const lost = new Promise<WEBGL_lose_context>((resolve) => {
    const onLost = (event: Event): void => {
      // Only so can it be restored.
      event.preventDefault();
      // Not before the event is over.
      setTimeout(() => resolve(extension), 0);
    };
    canvas.addEventListener('webglcontextlost', onLost, { once: true });
  });
  givenBack.set(gl, lost);
}
