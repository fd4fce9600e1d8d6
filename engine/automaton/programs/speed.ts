/** How fast this GPU is, whatever it is called: found out by small drawings that nobody sees. */
import type { Device } from '../../gpu/device.ts';
import { Pass } from '../../gpu/pass.ts';
import { finished } from '../../gpu/readback.ts';
import { shaderSource } from '../../gpu/shader-source.ts';
import { beginPasses, endPasses } from '../block-pass.ts';

/** Pixels along a side of the first drawing, which compiles, and of the largest. */
const FIRST_SIDE = 32;
const LARGEST_SIDE = 512;

/** A drawing that takes so long says how fast the GPU is: the wait for its end hardly counts. */
const TELLING_MILLISECONDS = 25;

/** Processors that play a GPU reach less, GPUs of this decade more: multiply-adds a second, as measured here. */
const SOFTWARE_SPEED = 16e9;

interface Workload {
  readonly shader: string;
  /** Multiply-adds of a pixel. */
  readonly multiplyAdds: number;
  /** What a step reaches by the best program for this GPU, as a share of what the workload reaches. */
  readonly gain: number;
}

/** Weights from a texture, as every GPU can read them; the best program is found to be several times faster. */
const FETCHED: Workload = { shader: 'speed.frag', multiplyAdds: 1024, gain: 4 };

/** Weights in the shader's text. */
const WRITTEN: Workload = { shader: 'roof.frag', multiplyAdds: 800, gain: 0.6 };

const speeds = new WeakMap<Device, Promise<number>>();

/**
 * Multiply-adds a second that steps may reach on this GPU, within a factor of two or so; Infinity for a GPU that is
 * faster than this can tell, or that does not let itself be measured. Takes some milliseconds, once for each device, in
 * which the page goes on.
 */
export function arithmeticSpeed(device: Device): Promise<number> {
  const known = speeds.get(device) ?? measure(device, device.isSwiftShader ? WRITTEN : FETCHED);
  speeds.set(device, known);
  return known;
}

/** Whether what calls itself a GPU is as slow as a processor that plays one. */
export async function isSoftwareSpeed(device: Device): Promise<boolean> {
  return device.isSwiftShader || (await arithmeticSpeed(device)) < SOFTWARE_SPEED;
}

/**
 * For how long this GPU does nothing else, in milliseconds, while it makes a program with so many multiply-adds in its
 * text ready to draw; judged by a program with few of them.
 * @throws DeviceError if that does not compile
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
        // Once more: the page may have been busy with something else.
        const milliseconds = await draw(side);
        if (milliseconds >= TELLING_MILLISECONDS) return (gain * multiplyAdds * side * side * 1000) / milliseconds;
      }
      return Infinity;
    } finally {
      dispose();
    }
  } catch {
    // Whoever needs the GPU in earnest is told what is wrong with it.
    return Infinity;
  }
}

/** @returns what draws a square of so many pixels along a side and tells how many milliseconds that took */
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
