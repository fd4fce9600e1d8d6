/** The cases that the benchmark measures, as data. */
import type { CanvasLayout } from '../automaton/types.ts';

/** One row of the benchmark. */
export interface BenchCase {
  readonly name: string;
  readonly model: string;
  readonly layout: CanvasLayout;
  /** The number of digits on the canvas, in the first tiles. */
  readonly digits: number;
  readonly dropout: number;
  readonly strategy: string;
  /** Whether TensorFlow.js runs the same network for comparison. */
  readonly besideTensorFlow: boolean;
}

/** The result of a case, with the field names of the command's JSON. */
export interface BenchResult {
  readonly name: string;
  readonly model: string;
  readonly digits: number;
  readonly width: number;
  readonly height: number;
  readonly liveCells: number;
  readonly dropout: number;
  readonly strategy: string;
  /** The median of several samples. `spreadMs` holds the smallest and the largest. */
  readonly msPerStep: number;
  readonly spreadMs: readonly [number, number];
  /** Live cells stepped per second, whether they fire or not. */
  readonly cellStepsPerSecond: number;
  /** The arithmetic on the cells that fire, in 10⁹ operations per second. */
  readonly gflops: number;
  /** The rate of multiply-adds alone on this GPU, measured in turns with the case. */
  readonly roofGflops: number;
  readonly tfjsMsPerStep: number | null;
  readonly speedup: number | null;
}

const SMALL: CanvasLayout = { columns: 8, rows: 8, tile: 28 };
/** The largest canvas, also with tiles of 28 cells: 4,088 cells wide and high. */
const LARGE: CanvasLayout = { columns: 146, rows: 146, tile: 28 };
const square = (side: number): CanvasLayout => ({ columns: side, rows: side, tile: 28 });

/**
 * Returns the cases for the figures in the documentation, in groups. The cases of a group are measured in turns, so
 * that their ratios are valid even on a machine that is shared with others.
 * @param models the names of the models, the default model first
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

/**
 * Returns every combination of model, size, dropout and strategy, on full and empty canvases. Measuring them takes
 * long.
 */
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
