/** Measures groups of cases in a browser. */
import { DIGIT_SIZE } from '../automaton/layout.ts';
import { Simulation } from '../automaton/simulation.ts';
import { drawDigit } from '../common/handwriting/draw-digit.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { multiplyAdds } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { Random } from '../common/random/random.ts';
import { Device } from '../gpu/device.ts';
import type { BenchCase, BenchResult } from './cases.ts';
import type { openTensorFlow, TensorFlowRun } from './tensorflow.ts';
import { settledOn, timeInTurns, type Work } from './timing.ts';

const SEED = 1;
/** The models lie beside the page of the automaton, one folder up. */
const MODELS = '../models/';

/** A context of its own. */
export function openDevice(): Device {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new Error('This browser has no WebGL2.');
  return Device.open(gl);
}

/** Gives a device's context back at once; browsers allow a page only a few. */
export function closeDevice(device: Device): void {
  device.dispose();
  device.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** The names of the shipped models, the default one first. */
export async function listModels(): Promise<string[]> {
  const response = await fetch(`${MODELS}index.json`);
  if (!response.ok) throw new Error('The list of models cannot be read.');
  return ((await response.json()) as { name: string }[]).map(({ name }) => name);
}

async function loadModel(name: string): Promise<Model> {
  const response = await fetch(`${MODELS}${encodeURIComponent(name)}.ktx2`);
  if (!response.ok) throw new Error(`There is no model "${name}".`);
  return decodeModelFile(new Uint8Array(await response.arrayBuffer()));
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

async function prepare(given: BenchCase): Promise<{ simulation: Simulation; model: Model }> {
  const model = await loadModel(given.model);
  const { layout, strategy } = given;
  const simulation = await Simulation.create(openDevice(), { model, layout, seed: SEED, strategy });
  const { images, labels } = handwriting(given.digits, model.specification.classes.length);
  simulation.setDigits(images, labels);
  simulation.dropout = given.dropout;
  await simulation.chooseStrategy();
  return { simulation, model };
}

function workOf(simulation: Simulation): Work {
  return {
    run: (times) => {
      simulation.advance(times);
    },
    settled: settledOn(simulation.device),
  };
}

/** The step in TensorFlow.js; loaded only where it is wanted: it is many times the size of the engine. */
async function tensorFlowFor(...given: Parameters<typeof openTensorFlow>): Promise<TensorFlowRun> {
  return (await import('./tensorflow.ts')).openTensorFlow(...given);
}

/** Milliseconds that TensorFlow.js takes for a step. */
async function timeTensorFlow(
  model: Model,
  { width, height }: { readonly width: number; readonly height: number },
  ink: Uint8Array,
  dropout: number,
): Promise<number> {
  const beside = await tensorFlowFor(model, width, height, ink, dropout);
  try {
    const [timing] = await timeInTurns([beside]);
    return timing.median;
  } finally {
    beside.dispose();
  }
}

/** How many steps the engine does while TensorFlow.js does one: both are measured in turns, in medians. */
export async function ratioToTensorFlow(
  given: BenchCase,
): Promise<{ readonly ratio: number; readonly msPerStep: number; readonly tfjsMsPerStep: number }> {
  const { simulation, model } = await prepare(given);
  const { width, height } = simulation;
  const beside = await tensorFlowFor(model, width, height, simulation.readInk(), given.dropout);
  try {
    const [{ median: msPerStep }, { median: tfjsMsPerStep }] = await timeInTurns([workOf(simulation), beside]);
    return { ratio: tfjsMsPerStep / msPerStep, msPerStep, tfjsMsPerStep };
  } finally {
    beside.dispose();
    simulation.dispose();
    closeDevice(simulation.device);
  }
}

/**
 * Measures the cases of a group in turns.
 * @param roofGflops what `measureRoof` gave in this run
 */
export async function runGroup(group: readonly BenchCase[], roofGflops: number): Promise<BenchResult[]> {
  const prepared: Awaited<ReturnType<typeof prepare>>[] = [];
  for (const given of group) prepared.push(await prepare(given));
  const timings = await timeInTurns(prepared.map(({ simulation }) => workOf(simulation)));
  const measured = group.map((given, index) => {
    const { simulation, model } = prepared[index];
    const { width, height, liveCells, strategy } = simulation;
    const facts = { width, height, liveCells, strategy, ink: simulation.readInk() };
    simulation.dispose();
    closeDevice(simulation.device);
    return { given, model, facts, timing: timings[index] };
  });
  const results: BenchResult[] = [];
  for (const { given, model, facts, timing } of measured) {
    const { ink, ...shape } = facts;
    const tfjsMsPerStep = given.besideTensorFlow ? await timeTensorFlow(model, shape, ink, given.dropout) : null;
    const msPerStep = timing.median;
    const operations = 2 * multiplyAdds(model.specification) * shape.liveCells * (1 - given.dropout);
    results.push({
      name: given.name,
      model: given.model,
      digits: given.digits,
      dropout: given.dropout,
      ...shape,
      msPerStep,
      spreadMs: [timing.least, timing.most],
      cellStepsPerSecond: (shape.liveCells * 1000) / msPerStep,
      gflops: operations / msPerStep / 1e6,
      roofGflops,
      tfjsMsPerStep,
      speedup: tfjsMsPerStep === null ? null : tfjsMsPerStep / msPerStep,
    });
  }
  return results;
}
