import { Device } from './device.ts';
import { ContextLostError } from './device-error.ts';

/** A context that is not back by then seldom comes back by itself. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Takes a context into use as soon as it is there and stays for so long.
 * @throws DeviceError if it does not return soon, or can render to no kind of float texture
 */
export async function openWithRetry(gl: WebGL2RenderingContext): Promise<Device> {
  for (;;) {
    await present(gl);
    try {
      return Device.open(gl);
    } catch (error) {
      if (!gl.isContextLost()) throw error;
    }
  }
}

/**
 * Makes something on a context that stays throughout. Where the GPU takes the context back meanwhile, what was begun is
 * given up, and made once more when the context has returned.
 * @throws DeviceError if it does not return soon
 * @throws what `make` fails with for another reason
 */
export async function retryOnContextLoss<T extends { dispose(): void }>(
  device: Device,
  make: () => Promise<T>,
): Promise<T> {
  for (;;) {
    await present(device.gl);
    const { losses } = device;
    const wasLost = (): boolean => device.losses !== losses || device.gl.isContextLost();
    try {
      const made = await make();
      if (!wasLost()) return made;
      made.dispose();
    } catch (error) {
      if (!wasLost()) throw error;
    }
  }
}

/**
 * Settled when the context is there.
 * @throws DeviceError if it does not return soon
 */
async function present(gl: WebGL2RenderingContext): Promise<void> {
  if (!gl.isContextLost()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ContextLostError('The GPU has taken its context back; reload the page to try again.'));
    }, PATIENCE_MILLISECONDS);
    gl.canvas.addEventListener(
      'webglcontextrestored',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
