/** What the benchmark measures, as data. */
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
  /** The median of several samples, and the least and the most of them. */
  readonly msPerStep: number;
  readonly spreadMs: readonly [number, number];
  /** Live cells that a second steps, fired or not. */
  readonly cellStepsPerSecond: number;
  /** Arithmetic on the cells that fire, in 10⁹ operations a second. */
  readonly gflops: number;
  /** What multiply-adds alone got out of the GPU in turns with the case. */
  readonly roofGflops: number;
  readonly tfjsMsPerStep: number | null;
  readonly speedup: number | null;
}

const SMALL: CanvasLayout = { columns: 8, rows: 8, tile: 28 };
/** Tiles of 28 as well, on the largest canvas: 4,088 cells wide and high. */
const LARGE: CanvasLayout = { columns: 146, rows: 146, tile: 28 };
const square = (side: number): CanvasLayout => ({ columns: side, rows: side, tile: 28 });

/**
 * The figures that the documentation speaks of, in groups: the cases of a group
 * are measured in turns, so that their ratios hold on a machine that others use too.
 * @param models the first is the default model
 */
export function standardCases(models: readonly string[], strategy: string): BenchCase[][] {
  const [model] = models;
  const base = { layout: SMALL, digits: 64, dropout: 0.5, strategy, besideTensorFlow: false };
  const one = { ...base, model };
  return [
    ...models.map((name) => [{ ...base, name: `64 digits, ${name}`, model: name, besideTensorFlow: true }]),
    [
      { ...one, name: 'dropout 0.5' },
      { ...one, name: 'dropout 0', dropout: 0 },
      { ...one, name: 'dropout 0.25', dropout: 0.25 },
      { ...one, name: 'dropout 0.75', dropout: 0.75 },
      { ...one, name: '64 digits on a large canvas', layout: LARGE },
      { ...one, name: 'an empty canvas', digits: 0 },
      { ...one, name: 'an empty large canvas', digits: 0, layout: LARGE },
    ],
    [
      { ...one, name: '400 digits', layout: square(20), digits: 400 },
      { ...one, name: '400 digits, dropout 0', layout: square(20), digits: 400, dropout: 0 },
      { ...one, name: '1,600 digits', layout: square(40), digits: 1600 },
    ],
  ];
}

/** Every model on every size at every dropout by every strategy, full and empty. Takes long. */
export function wholeMatrix(models: readonly string[], strategies: readonly string[]): BenchCase[][] {
  const sizes = [8, 20, 40];
  return models.flatMap((model) =>
    sizes.map((side) =>
      strategies.flatMap((strategy) =>
        [side * side, 0].flatMap((digits) =>
          (digits === 0 ? [0.5] : [0, 0.5]).map((dropout) => ({
            name: `${model}, ${digits} digits on ${side} × ${side} tiles, dropout ${dropout}, ${strategy}`,
            model,
            layout: square(side),
            digits,
            dropout,
            strategy,
            besideTensorFlow: false,
          })),
        ),
      ),
    ),
  );
}
