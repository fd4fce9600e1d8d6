/** The page of `npm run bench`: `window.bench` measures one case at a time, driven from outside. */
import { DIGIT_SIZE } from '../automaton/layout.ts';
import { Simulation } from '../automaton/simulation.ts';
import { drawDigit } from '../common/handwriting/draw-digit.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { multiplyAdds } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { Random } from '../common/random/random.ts';
import { Device } from '../gpu/device.ts';
import type { BenchCase, BenchResult } from './cases.ts';
import { measureRoof } from './roof.ts';
import { measureTensorFlow } from './tensorflow.ts';
import { medianMilliseconds, settledOn } from './timing.ts';

const SEED = 1;

function openDevice(): Device {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new Error('This browser has no WebGL2.');
  return Device.open(gl);
}

/** Digits like MNIST's, of our own handwriting. */
function handwriting(count: number, classes: number): { images: Uint8Array; labels: number[] } {
  const random = new Random(SEED);
  const bytes = DIGIT_SIZE * DIGIT_SIZE;
  const images = new Uint8Array(count * bytes);
  const labels = Array.from({ length: count }, (_, index) => index % classes);
  labels.forEach((label, index) => {
    images.set(drawDigit(random, label), index * bytes);
  });
  return { images, labels };
}

async function loadModel(name: string): Promise<Model> {
  const response = await fetch(`models/${name}.ktx2`);
  if (!response.ok) throw new Error(`There is no model "${name}".`);
  return decodeModelFile(new Uint8Array(await response.arrayBuffer()));
}

/** @param roofGflops what {@link measureRoof} gave in this run */
async function runCase(given: BenchCase, roofGflops: number): Promise<BenchResult> {
  const model = await loadModel(given.model);
  const device = openDevice();
  const simulation = await Simulation.create(device, {
    model,
    layout: given.layout,
    seed: SEED,
    strategy: given.strategy,
  });
  const { images, labels } = handwriting(given.digits, model.specification.classes.length);
  simulation.setDigits(images, labels);
  simulation.dropout = given.dropout;
  await simulation.chooseStrategy();
  const msPerStep = await medianMilliseconds((times) => {
    simulation.advance(times);
  }, settledOn(device));
  const { width, height, liveCells, strategy } = simulation;
  const ink = simulation.readInk();
  simulation.dispose();
  device.dispose();
  device.gl.getExtension('WEBGL_lose_context')?.loseContext();
  const tfjsMsPerStep = given.besideTensorFlow
    ? await measureTensorFlow(model, width, height, ink, given.dropout)
    : null;
  const operations = 2 * multiplyAdds(model.specification) * liveCells * (1 - given.dropout);
  return {
    name: given.name,
    model: given.model,
    digits: given.digits,
    width,
    height,
    liveCells,
    dropout: given.dropout,
    strategy,
    msPerStep,
    cellStepsPerSecond: (liveCells * 1000) / msPerStep,
    gflops: operations / msPerStep / 1e6,
    roofGflops,
    tfjsMsPerStep,
    speedup: tfjsMsPerStep === null ? null : tfjsMsPerStep / msPerStep,
  };
}

const bench = {
  runCase,
  renderer: () => openDevice().renderer,
  measureRoof: () => measureRoof(openDevice()),
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;
