import type { CanvasLayout } from '../automaton/types.ts';

/** One line of the benchmark. */
export interface BenchCase {
  readonly name: string;
  readonly model: string;
  readonly layout: CanvasLayout;
  /** Digits on the canvas, in the first tiles. */
  readonly digits: number;
  readonly dropout: number;
  readonly strategy: string;
  /** Whether TensorFlow.js runs the same network beside it. */
  readonly besideTensorFlow: boolean;
}

/** What a case has shown, in the words of the command's JSON. */
export interface BenchResult {
  readonly name: string;
  readonly model: string;
  readonly digits: number;
  readonly width: number;
  readonly height: number;
  readonly liveCells: number;
  readonly dropout: number;
  readonly strategy: string;
  readonly msPerStep: number;
  /** Live cells that a second steps, fired or not. */
  readonly cellStepsPerSecond: number;
  /** Arithmetic on the cells that fire, in 10⁹ operations a second. */
  readonly gflops: number;
  readonly roofGflops: number;
  readonly tfjsMsPerStep: number | null;
  readonly speedup: number | null;
}

const SMALL: CanvasLayout = { columns: 8, rows: 8, tile: 28 };
/** Tiles of 28 as well, on the largest canvas: 4,088 cells wide and high. */
const LARGE: CanvasLayout = { columns: 146, rows: 146, tile: 28 };

/** @param models the first is the default model */
export function benchCases(models: readonly string[], strategy: string): BenchCase[] {
  const base = { layout: SMALL, digits: 64, dropout: 0.5, strategy, besideTensorFlow: false };
  const [model] = models;
  return [
    ...models.map((name) => ({ ...base, name: `64 digits, ${name}`, model: name, besideTensorFlow: true })),
    { ...base, name: 'all cells fire', model, dropout: 0 },
    { ...base, name: '400 digits', model, layout: { columns: 20, rows: 20, tile: 28 }, digits: 400 },
    { ...base, name: '1,600 digits', model, layout: { columns: 40, rows: 40, tile: 28 }, digits: 1600 },
    { ...base, name: '64 digits on a large canvas', model, layout: LARGE },
  ];
}
