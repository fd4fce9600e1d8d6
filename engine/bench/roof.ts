import type { Device } from '../gpu/device.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { settledOn, type Work } from './timing.ts';

const SIZE = 256;
/** 200 multiply-adds with four components, two operations each. */
const OPERATIONS = 200 * 4 * 2;

/** The maximum arithmetic rate of a fragment shader on this GPU; see `shaders/roof.frag`. */
export interface Roof extends Work {
  /** Returns the rate in 10⁹ operations per second if one run takes this long. */
  gflopsAt(milliseconds: number): number;
}

/** Creates the measurement. Its resources exist until the device is closed. */
export async function openRoof(device: Device): Promise<Roof> {
  const { gl } = device;
  const texture = device.createTexture(device.floatFormat, SIZE, SIZE);
  const target = device.createTarget([texture]);
  const source = shaderSource('roof.frag');
  const pass = await Pass.create(device, shaderSource('fullscreen.vert'), source, []);
  return {
    run: (times) => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
      gl.viewport(0, 0, SIZE, SIZE);
      pass.use();
      for (let index = 0; index < times; index += 1) gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    settled: settledOn(device),
    gflopsAt: (milliseconds) => (SIZE * SIZE * OPERATIONS) / milliseconds / 1e6,
  };
}
