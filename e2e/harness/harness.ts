/** The engine without the page, for tests: everything they call stands in `window.engine`. */
import { slotFires, slotNoise } from '../../engine/automaton/chance.ts';
import { initialState, NO_CHANCE, referenceLabels, referenceStep } from '../../engine/automaton/reference.ts';
import { Simulation } from '../../engine/automaton/simulation.ts';
import type { FiringMode, StateRecord } from '../../engine/automaton/types.ts';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { DeviceLimits } from '../../engine/gpu/capabilities.ts';
import { Device } from '../../engine/gpu/device.ts';
import { Pass } from '../../engine/gpu/pass.ts';
import { finished, readTarget } from '../../engine/gpu/readback.ts';
import { shaderSource } from '../../engine/gpu/shader-source.ts';
import { handOver, handOverTimes } from './hand-over.ts';
import { blots, SPECIFICATIONS } from './made-up.ts';
import { showLook, showSimulation } from './picture.ts';
import { randomModel } from './random-model.ts';
import { shippedModel } from './shipped-model.ts';
import hashSource from './hash.frag?raw';

export interface ParityCase {
  /** A made-up model of this specification, or a shipped one, `assets/NAME.ktx2`. */
  readonly specification: string;
  readonly shipped?: boolean;
  readonly strategy: string;
  readonly firing: FiringMode;
  readonly dropout: number;
  readonly steps: number;
  readonly limits?: DeviceLimits;
  /** Width and height of the canvas, in cells. */
  readonly size: number;
  /** Steps that have been made before the first; 0 by default. */
  readonly firstStep?: number;
  /** Strategies that take over in mid-run, each for as many steps again. */
  readonly then?: readonly string[];
}

export interface Parity {
  readonly strategy: string;
  /** Greatest difference between the GPU's state and the reference's. */
  readonly difference: number;
  /** Greatest magnitude in the reference's state. */
  readonly magnitude: number;
  readonly differentLabels: number;
  readonly decidedCells: number;
  /** GL errors, and objects that were not freed. */
  readonly errors: number;
  readonly leaked: number;
}

function openDevice(limits?: DeviceLimits): Device {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new Error('There is no WebGL2 here.');
  return Device.open(gl, limits);
}

const SEED = 7;

/** Runs the same steps on the GPU and on the plain reference, chance included, and compares. */
async function compare(options: ParityCase): Promise<Parity> {
  const { dropout, size, firstStep = 0 } = options;
  const takeovers = options.then ?? [];
  const steps = options.steps * (1 + takeovers.length);
  const model = options.shipped
    ? await shippedModel(options.specification)
    : randomModel(SPECIFICATIONS[options.specification], 1);
  const device = openDevice(options.limits);
  const simulation = await Simulation.create(device, {
    model,
    layout: { columns: 1, rows: 1, tile: size },
    seed: SEED,
    strategy: options.strategy,
    firing: options.firing,
  });
  simulation.time.dropout = dropout;
  const rectangle = { x: 0, y: 0, width: size, height: size };
  if (dropout === 0) simulation.time.noise = 0;
  if (options.shipped) simulation.edits.setDigits(drawDigit(new Random(SEED), SEED));
  else
    simulation.edits.apply({
      kind: 'stamp',
      ink: blots(size, 3),
      rectangle: rectangle,
      options: { combine: 'replace', keepState: false },
    });
  let expected = initialState(
    model,
    size,
    size,
    Array.from(simulation.canvas.readInk(), (byte) => byte / 255),
  );
  if (firstStep > 0) {
    const saved = await simulation.save();
    await simulation.load({ ...saved, step: firstStep }, model, options.strategy);
  }
  const { slotShift } = simulation.textures;
  const mode = simulation.time.firesByCell ? 'cell' : 'block';
  for (let step = 0; step < steps; step += 1) {
    expected = referenceStep(model, expected, {
      dropout,
      fires: (cell) =>
        dropout === 0 || slotFires(mode, SEED, firstStep + step, simulation.canvas.slotOf(cell), dropout, slotShift),
      noise: (cell, channel) =>
        simulation.time.noise * slotNoise(SEED, firstStep + step, simulation.canvas.slotOf(cell), channel),
    });
  }
  simulation.time.advance(options.steps);
  for (const strategy of takeovers) {
    await simulation.strategy.use(strategy);
    simulation.time.advance(options.steps);
  }
  const state = await simulation.measurement.readState();
  const labels = await simulation.measurement.readLabels();
  const expectedLabels = referenceLabels(model, expected);
  const strategy = simulation.strategy.name;
  simulation.dispose();
  device.dispose();
  return {
    strategy,
    difference: greatest(state, (value, index) => Math.abs(value - expected.data[index])),
    magnitude: greatest(expected, Math.abs),
    differentLabels: labels.data.filter((label, cell) => label !== expectedLabels[cell]).length,
    decidedCells: expectedLabels.filter((label) => label >= 0).length,
    errors: device.gl.getError(),
    leaked: device.objectCount,
  };
}

function greatest({ data }: StateRecord, measure: (value: number, index: number) => number): number {
  // NaN anywhere has to win, so no Math.max over comparisons.
  return data.reduce((most, value, index) => {
    const measured = measure(value, index);
    return measured <= most ? most : measured;
  }, 0);
}

/** What comes of the strategy `uniform` on a driver that doubles every weight in a uniform block, or compiles no such block. */
async function chooseOnFaultyDriver(
  fault: 'wrong' | 'uncompilable',
): Promise<{ strategy: string; rejected: readonly string[]; leaked: number }> {
  const device = openDevice();
  const { gl } = device;
  const shaderSourceOf = gl.shaderSource.bind(gl);
  const instead = fault === 'wrong' ? 'return 2.0 * weights[index];' : 'return nothing;';
  gl.shaderSource = (shader, text) => {
    shaderSourceOf(shader, text.replace('return weights[index];', instead));
  };
  const simulation = await Simulation.create(device, {
    model: randomModel(SPECIFICATIONS['odd'], 1),
    layout: { columns: 1, rows: 1, tile: 20 },
    seed: SEED,
  });
  const rejected = await simulation.strategy.choose({ hint: 'uniform' });
  const strategy = simulation.strategy.name;
  simulation.dispose();
  device.dispose();
  return { strategy, rejected, leaked: device.objectCount };
}

/** The hashes of `shaders/random.glsl` for inputs of three words each; four words each: mix32, hash2, hash3, the byte sum of the noise. */
async function hashOnGpu(inputs: readonly (readonly [number, number, number])[]): Promise<Uint32Array> {
  const device = openDevice();
  const { gl } = device;
  const words = new Uint32Array(inputs.length * 4);
  inputs.forEach((input, index) => {
    words.set(input, index * 4);
  });
  const source = device.createTexture('rgba32ui', inputs.length, 1, words);
  const texture = device.createTexture('rgba32ui', inputs.length, 1);
  const target = device.createTarget([texture]);
  const fragment = hashSource.replace('#include "random.glsl"', shaderSource('random.glsl'));
  const pass = await Pass.create(device, shaderSource('fullscreen.vert'), fragment, ['inputs']);
  gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
  gl.viewport(0, 0, target.width, target.height);
  pass.use();
  pass.bind(0, source.handle);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  return readTarget(device, target, 0, 1, 'rgba32ui');
}

const engine = {
  chooseOnFaultyDriver,
  SPECIFICATIONS,
  NO_CHANCE,
  compare,
  finished,
  handOver,
  handOverTimes: () => handOverTimes(openDevice()),
  hashOnGpu,
  openDevice,
  randomModel,
  Random,
  Simulation,
  blots,
  showSimulation,
  showLook,
};

declare global {
  interface Window {
    engine: typeof engine;
  }
}

export type { Model };
window.engine = engine;
