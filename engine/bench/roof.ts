import type { Device } from '../gpu/device.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { settledOn, type Work } from './timing.ts';

const SIZE = 256;
/** 200 multiply-adds of four components, two operations each. */
const OPERATIONS = 200 * 4 * 2;

/** The most arithmetic that a fragment shader gets out of a GPU; see `shaders/roof.frag`. */
export interface Roof extends Work {
  /** 10⁹ operations a second, where a run takes so long. */
  gflopsAt(milliseconds: number): number;
}

/** Made for as long as the device is open. */
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
