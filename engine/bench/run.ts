/** Measures groups of cases in a browser. */
import { DIGIT_SIZE } from '../automaton/layout.ts';
import { Simulation } from '../automaton/simulation.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { multiplyAdds } from '../common/model/specification.ts';
import type { Model } from '../common/model/weights.ts';
import { Random } from '../common/random/random.ts';
import { fetchBytes } from '../core/fetch-bytes.ts';
import { tryAgain } from '../core/try-again.ts';
import { NO_WEBGL2 } from '../gpu/context.ts';
import { Device } from '../gpu/device.ts';
import type { BenchCase, BenchResult } from './cases.ts';
import { openRoof } from './roof.ts';
import type { openTensorFlow, TensorFlowRun } from './tensorflow.ts';
import { surveyStrategy, type SurveyRow } from './survey.ts';
import { settledOn, timeInTurns, type Timing, type Work } from './timing.ts';
import { writeDigits } from './write-digits.ts';

const SEED = 1;
/** The models are next to the automaton's page, one folder up. */
const MODELS = '../models/';

/** Opens a device with its own context. */
function openDevice(): Device {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new Error(NO_WEBGL2);
  return Device.open(gl);
}

/** Releases a device's context immediately, because browsers allow a page only a few. */
function closeDevice(device: Device): void {
  device.dispose();
  device.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Returns the names of the shipped models, the default one first. */
export async function listModels(): Promise<string[]> {
  const list = new TextDecoder().decode(await fetchBytes(`${MODELS}index.json`));
  return (JSON.parse(list) as { name: string }[]).map(({ name }) => name);
}

async function loadModel(name: string): Promise<Model> {
  return decodeModelFile(await fetchBytes(`${MODELS}${encodeURIComponent(name)}.ktx2`));
}

async function prepare(device: Device, given: BenchCase): Promise<{ simulation: Simulation; model: Model }> {
  const model = await loadModel(given.model);
  const { layout, strategy } = given;
  const simulation = await Simulation.create(device, { model, layout, seed: SEED, strategy });
  const { images, labels } = writeDigits(new Random(SEED), given.digits, model.specification.classes.length);
  simulation.edits.setDigits(images, labels);
  simulation.time.dropout = given.dropout;
  await simulation.strategy.choose();
  return { simulation, model };
}

function workOf(simulation: Simulation): Work {
  return {
    run: (times) => {
      simulation.time.advance(times);
    },
    settled: settledOn(simulation.device),
  };
}

/** Opens the step in TensorFlow.js. It is loaded only when needed, because it is many times the size of the engine. */
async function tensorFlowFor(...given: Parameters<typeof openTensorFlow>): Promise<TensorFlowRun> {
  return (await tryAgain(() => import('./tensorflow.ts'))).openTensorFlow(...given);
}

/** A case prepared for measuring: the engine and, if requested, TensorFlow.js for comparison. */
interface Prepared {
  readonly given: BenchCase;
  readonly simulation: Simulation;
  readonly model: Model;
  readonly beside: TensorFlowRun | null;
}

/**
 * Measures the cases of a group in turns, together with the roof and TensorFlow.js, so that their ratios are valid even
 * on a busy machine.
 */
export async function runGroup(group: readonly BenchCase[]): Promise<BenchResult[]> {
  // All share one context, because browsers drop the oldest ones if there are many.
  const device = openDevice();
  const prepared: Prepared[] = [];
  try {
    const roof = await openRoof(device);
    for (const given of group) {
      const { simulation, model } = await prepare(device, given);
      const { width, height } = simulation.canvas;
      const beside = given.besideTensorFlow
        ? await tensorFlowFor(model, width, height, simulation.canvas.readInk(), given.dropout)
        : null;
      prepared.push({ given, simulation, model, beside });
    }
    const besides = prepared.flatMap(({ beside }) => beside ?? []);
    const works = [roof, ...prepared.map(({ simulation }) => workOf(simulation)), ...besides];
    const [roofTiming, ...timings] = await timeInTurns(works);
    const roofGflops = roof.gflopsAt(roofTiming.median);
    return prepared.map(({ beside, ...one }, index) => {
      const tfjsMsPerStep = beside ? timings[group.length + besides.indexOf(beside)].median : null;
      return resultOf(one, timings[index], roofGflops, tfjsMsPerStep);
    });
  } finally {
    for (const { beside } of prepared) beside?.dispose();
    // Closing the context also frees everything that was created on it.
    closeDevice(device);
  }
}

/**
 * Measures every one of these strategies of a model on one canvas. A strategy that does not run here has a row that
 * says why.
 *
 * @param side the number of tiles along a side of the canvas, each with a digit
 */
export async function surveyModel(model: string, side: number, strategies: readonly string[]): Promise<SurveyRow[]> {
  const device = openDevice();
  try {
    const digits = side * side;
    const layout = { columns: side, rows: side, tile: DIGIT_SIZE };
    const name = `${digits} digits`;
    const given = { name, model, layout, digits, dropout: 0.5, strategy: 'texture', besideTensorFlow: false };
    const { simulation } = await prepare(device, given);
    const rows: SurveyRow[] = [];
    for (const strategy of strategies) rows.push(await surveyStrategy(simulation, digits, strategy));
    return rows;
  } finally {
    closeDevice(device);
  }
}

function resultOf(
  { given, simulation, model }: Omit<Prepared, 'beside'>,
  { median: msPerStep, least, most }: Timing,
  roofGflops: number,
  tfjsMsPerStep: number | null,
): BenchResult {
  const { width, height, liveCells } = simulation.canvas;
  const operations = 2 * multiplyAdds(model.specification) * liveCells * (1 - given.dropout);
  return {
    name: given.name,
    model: given.model,
    digits: given.digits,
    dropout: given.dropout,
    width,
    height,
    liveCells,
    strategy: simulation.strategy.name,
    msPerStep,
    spreadMs: [least, most],
    cellStepsPerSecond: (liveCells * 1000) / msPerStep,
    gflops: operations / msPerStep / 1e6,
    roofGflops,
    tfjsMsPerStep,
    speedup: tfjsMsPerStep === null ? null : tfjsMsPerStep / msPerStep,
  };
}

/** Returns the browser's name for the GPU. */
export function rendererName(): string {
  const device = openDevice();
  try {
    return device.renderer;
  } finally {
    closeDevice(device);
  }
}
