/**
 * The automaton in the simplest form that runs on a GPU. Read this before the engine. It has two states that take
 * turns, one shader for the step and one for the picture. Every step computes every cell of the canvas, which the
 * engine avoids.
 */
import displayShader from '../../shaders/minimal/display.frag?raw';
import stepShader from '../../shaders/minimal/step.frag?raw';
import fullscreenShader from '../../shaders/fullscreen.vert?raw';
import randomFunctions from '../../shaders/random.glsl?raw';
import { packWeights, WEIGHTS_TEXTURE_WIDTH } from '../common/model/file.ts';
import type { Model } from '../common/model/weights.ts';
import { Device } from '../gpu/device.ts';
import { Pass } from '../gpu/pass.ts';
import { finished, readTarget } from '../gpu/readback.ts';

const STATES = ['state0', 'state1', 'state2', 'state3'];

/**
 * @param gl the context of a canvas with one pixel per cell
 * @param model the model `tiny`, whose sizes are hard-coded in the shaders
 * @param ink the ink of each cell, 0…1, rows from the top
 */
export async function createMinimal(gl: WebGL2RenderingContext, model: Model, ink: ArrayLike<number>) {
  const { width, height } = gl.canvas;
  const device = Device.open(gl);
  const texels = packWeights(model.specification, model.weights);
  const weights = device.createTexture(
    'rgba32f',
    WEIGHTS_TEXTURE_WIDTH,
    texels.length / 4 / WEIGHTS_TEXTURE_WIDTH,
    texels,
  );

  // A state consists of four textures with four channels each. Everything is zero except the ink. A step reads one
  // state and draws the other.
  const createState = () => {
    const textures = STATES.map(() => device.createTexture(device.floatFormat, width, height));
    return { textures, target: device.createTarget(textures) };
  };
  let [now, next] = [createState(), createState()];
  device.updateTexture(
    now.textures[0],
    0,
    height,
    Float32Array.from({ length: 4 * ink.length }, (_, index) => (index % 4 === 0 ? ink[index / 4] : 0)),
  );
  let steps = 0;

  const stepSource = stepShader.replace('#include "random.glsl"', randomFunctions);
  const stepPass = await Pass.create(device, fullscreenShader, stepSource, [...STATES, 'weights']);
  const displayPass = await Pass.create(device, fullscreenShader, displayShader, STATES);
  const colors = new Float32Array(model.specification.classes.flatMap(({ color }) => color.map((byte) => byte / 255)));

  /** Runs the current program for every pixel of the target, by drawing a triangle that covers it completely. */
  const run = (pass: Pass, framebuffer: WebGLFramebuffer | null): void => {
    now.textures.forEach(({ handle }, index) => pass.bind(index, handle));
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.viewport(0, 0, width, height);
    gl.bindVertexArray(device.emptyVertexArray);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };

  return {
    /** Runs one step. Resolves when the GPU has done it. */
    async step(): Promise<void> {
      stepPass.use();
      stepPass.bind(STATES.length, weights.handle);
      stepPass.set('stepIndex', steps);
      run(stepPass, next.target.framebuffer);
      [now, next] = [next, now];
      steps += 1;
      await finished(device);
    },

    display(): void {
      displayPass.use();
      displayPass.set('colors', colors);
      run(displayPass, null);
    },

    /**
     * Reads the state of all cells and the number of steps so far. There are four channels per cell for each texture.
     */
    async read(): Promise<{ steps: number; groups: Float32Array[] }> {
      const moment = steps;
      const { target } = now;
      const groups = await Promise.all(STATES.map((_, group) => readTarget(device, target, group, height, 'rgba32f')));
      return { steps: moment, groups };
    },
  };
}
