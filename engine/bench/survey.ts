/**
 * Surveys a GPU that is at hand for a few minutes only: how long each program of a model takes to compile, and a step
 * with it, by the clock and by the GPU's own timer.
 */
import type { Simulation } from '../automaton/simulation.ts';
import { messageOf } from '../common/error-message.ts';
import { GpuTimer } from '../gpu/gpu-timer.ts';
import { finished } from '../gpu/readback.ts';

/** How long the steps of one program are measured. */
const MEASURE_MILLISECONDS = 150;
const MOST_STEPS = 200;
/** The number of times that the GPU's timer is asked for its result. */
const TIMER_QUERIES = 50;

/** One program of a model on a canvas. */
export interface SurveyRow {
  readonly model: string;
  readonly digits: number;
  readonly strategy: string;
  /** From asking for the program until the GPU has done its first step, in milliseconds. */
  readonly compileMs: number;
  /** By the clock; null if the program does not run here. */
  readonly stepMs: number | null;
  /** By the GPU's timer; null if it has none. */
  readonly gpuStepMs: number | null;
  /** Why the program does not run here, or null. */
  readonly fault: string | null;
}

/** Measures one strategy on a running canvas, which keeps its strategy if this one does not run here. */
export async function surveyStrategy(simulation: Simulation, digits: number, strategy: string): Promise<SurveyRow> {
  const { device, time, model } = simulation;
  const row = { model: model.specification.name, digits, strategy };
  const start = performance.now();
  try {
    await simulation.strategy.use(strategy);
    time.advance(1);
    await finished(device);
  } catch (error) {
    const compileMs = performance.now() - start;
    return { ...row, compileMs, stepMs: null, gpuStepMs: null, fault: messageOf(error) };
  }
  const compileMs = performance.now() - start;
  const once = await timeSteps(simulation, 1);
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.round(MEASURE_MILLISECONDS / Math.max(0.1, once))));
  const timer = GpuTimer.create(device);
  try {
    timer?.begin();
    const stepMs = await timeSteps(simulation, steps, () => timer?.end(steps));
    return { ...row, compileMs, stepMs, gpuStepMs: timer && (await resultOf(timer)), fault: null };
  } finally {
    timer?.dispose();
  }
}

/** @returns milliseconds per step */
async function timeSteps({ time, device }: Simulation, steps: number, issued?: () => void): Promise<number> {
  const start = performance.now();
  time.advance(steps);
  issued?.();
  await finished(device);
  return (performance.now() - start) / steps;
}

/** A timer's result arrives some time after the GPU is done. */
async function resultOf(timer: GpuTimer): Promise<number | null> {
  for (let query = 0; query < TIMER_QUERIES; query += 1) {
    const milliseconds = timer.take();
    if (milliseconds !== null) return milliseconds;
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  return null;
}
