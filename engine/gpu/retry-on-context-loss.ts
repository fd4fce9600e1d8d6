import { Device } from './device.ts';
import { ContextLostError } from './device-error.ts';

/** A context that has not been restored after this time is rarely restored at all. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Opens a device as soon as the context is available and remains available during the opening.
 *
 * @throws DeviceError if the context is not restored soon, or cannot render to any kind of float texture
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
 * Creates something on a context that stays available throughout. If the context is lost in the meantime, the attempt
 * is abandoned and repeated when the context has been restored.
 *
 * @throws DeviceError if the context is not restored soon
 * @throws the error of `make` if it fails for another reason
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
 * Resolves when the context is available.
 *
 * @throws DeviceError if it is not restored soon
 */
async function present(gl: WebGL2RenderingContext): Promise<void> {
  if (!gl.isContextLost()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ContextLostError('The GPU context was lost; reload the page to try again.'));
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
