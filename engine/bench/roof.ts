import type { Device } from '../gpu/device.ts';
import { Pass } from '../gpu/pass.ts';
import { shaderSource } from '../gpu/shader-source.ts';
import { settledOn, timeInTurns } from './timing.ts';

const SIZE = 256;
/** 200 multiply-adds of four components, two operations each. */
const OPERATIONS = 200 * 4 * 2;

/** The most arithmetic that a fragment shader gets out of this GPU, in GFLOP/s; see `shaders/roof.frag`. */
export async function measureRoof(device: Device): Promise<number> {
  const { gl } = device;
  const texture = device.createTexture(device.floatFormat, SIZE, SIZE);
  const target = device.createTarget([texture]);
  const source = shaderSource('roof.frag');
  const pass = await Pass.create(device, shaderSource('fullscreen.vert'), source, []);
  const run = (times: number) => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
    gl.viewport(0, 0, SIZE, SIZE);
    pass.use();
    for (let index = 0; index < times; index += 1) gl.drawArrays(gl.TRIANGLES, 0, 3);
  };
  const [timing] = await timeInTurns([{ run, settled: settledOn(device) }]);
  pass.dispose();
  device.freeTarget(target);
  device.freeTexture(texture);
  return (SIZE * SIZE * OPERATIONS) / timing.median / 1e6;
}
