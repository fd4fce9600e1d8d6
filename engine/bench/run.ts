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
import { settledOn, timeInTurns } from './timing.ts';

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

/**
 * Measures the cases of a group in turns.
 * @param roofGflops what `measureRoof` gave in this run
 */
export async function runGroup(group: readonly BenchCase[], roofGflops: number): Promise<BenchResult[]> {
  const prepared: Awaited<ReturnType<typeof prepare>>[] = [];
  for (const given of group) prepared.push(await prepare(given));
  const timings = await timeInTurns(
    prepared.map(({ simulation }) => ({
      run: (times) => {
        simulation.advance(times);
      },
      settled: settledOn(simulation.device),
    })),
  );
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
    const tfjsMsPerStep = given.besideTensorFlow
      ? // Loaded only where it is wanted: it is many times the size of the engine.
        await (await import('./tensorflow.ts')).measureTensorFlow(model, shape.width, shape.height, ink, given.dropout)
      : null;
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
