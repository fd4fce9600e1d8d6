/** How fast this GPU is, regardless of its name. It is measured with small drawings that are never shown. */
import type { Device } from '../../gpu/device.ts';
import { Pass } from '../../gpu/pass.ts';
import { finished } from '../../gpu/readback.ts';
import { shaderSource } from '../../gpu/shader-source.ts';
import { beginPasses, endPasses } from '../block-pass.ts';

/** The side lengths, in pixels, of the first drawing, during which the shader is compiled, and of the largest one. */
const FIRST_SIDE = 32;
const LARGEST_SIDE = 1024;

/**
 * A drawing that takes this long is a reliable measure of the GPU's speed, since the overhead of waiting for it hardly
 * matters.
 */
const TELLING_MILLISECONDS = 25;

/** In multiply-adds per second, as measured here. Software GPUs are slower; GPUs of this decade are faster. */
const SOFTWARE_SPEED = 16e9;

interface Workload {
  readonly shader: string;
  /** Multiply-adds per pixel. */
  readonly multiplyAdds: number;
  /** The speed of a step with the best program for this GPU, relative to the speed of this workload. */
  readonly gain: number;
}

/** Weights from a texture, which every GPU can read. The best program has been found to be several times faster. */
const FETCHED: Workload = { shader: 'speed.frag', multiplyAdds: 1024, gain: 4 };

/** Weights in the shader's text. */
const WRITTEN: Workload = { shader: 'roof.frag', multiplyAdds: 800, gain: 0.6 };

const speeds = new WeakMap<Device, Promise<number>>();

/**
 * Returns the number of multiply-adds per second that steps may reach on this GPU, within a factor of about two. It is
 * Infinity for a GPU that is too fast to measure in this way, or that cannot be measured. The measurement takes some
 * milliseconds, once for each device, and does not block the page.
 */
export function arithmeticSpeed(device: Device): Promise<number> {
  const known = speeds.get(device) ?? measure(device, device.isSwiftShader ? WRITTEN : FETCHED);
  speeds.set(device, known);
  return known;
}

/** Whether the device is as slow as a software GPU, whatever it calls itself. */
export async function isSoftwareSpeed(device: Device): Promise<boolean> {
  return device.isSwiftShader || (await arithmeticSpeed(device)) < SOFTWARE_SPEED;
}

/**
 * Returns how long this GPU is blocked, in milliseconds, while it prepares a program with this many multiply-adds in
 * its text. The estimate is based on a program with few of them.
 *
 * @throws DeviceError if that program does not compile
 */
export async function readyingMilliseconds(device: Device, multiplyAdds: number): Promise<number> {
  const { draw, dispose } = await open(device, WRITTEN.shader, FIRST_SIDE);
  try {
    const first = await draw(FIRST_SIDE);
    return (Math.max(0, first - (await draw(FIRST_SIDE))) * multiplyAdds) / WRITTEN.multiplyAdds;
  } finally {
    dispose();
  }
}

async function measure(device: Device, { shader, multiplyAdds, gain }: Workload): Promise<number> {
  try {
    const { draw, dispose } = await open(device, shader, LARGEST_SIDE);
    try {
      await draw(FIRST_SIDE);
      for (let side = FIRST_SIDE; side <= LARGEST_SIDE; side *= 2) {
        if ((await draw(side)) < TELLING_MILLISECONDS) continue;
        // Measure again: the page may have been busy with something else.
        const milliseconds = await draw(side);
        if (milliseconds >= TELLING_MILLISECONDS) return (gain * multiplyAdds * side * side * 1000) / milliseconds;
      }
      return Infinity;
    } finally {
      dispose();
    }
  } catch {
    // Code that depends on the GPU will report what is wrong with it.
    return Infinity;
  }
}

/**
 * @returns a function that draws a square with a given side length in pixels and returns how many milliseconds that
 * took
 */
async function open(
  device: Device,
  shader: string,
  largestSide: number,
): Promise<{ draw: (side: number) => Promise<number>; dispose: () => void }> {
  const { gl } = device;
  const pass = await Pass.create(device, shaderSource('fullscreen.vert'), shaderSource(shader), ['weights']);
  const disposals = [() => pass.dispose()];
  const dispose = (): void => disposals.forEach((free) => free());
  try {
    const picture = device.createTexture('rgba8', largestSide, largestSide);
    disposals.push(() => device.freeTexture(picture));
    const weights = device.createTexture('rgba16f', 256, 1);
    disposals.push(() => device.freeTexture(weights));
    const target = device.createTarget([picture]);
    disposals.push(() => device.freeTarget(target));
    const draw = async (side: number): Promise<number> => {
      const start = performance.now();
      beginPasses(device);
      gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      gl.viewport(0, 0, side, side);
      pass.use();
      pass.bind(0, weights.handle);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      endPasses(device);
      await finished(device);
      return performance.now() - start;
    };
    return { draw, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
