/** How well the cells did over the last steps, and curves of that. */
import type { Statistics } from '../../../automaton/types.ts';

/** The number of steps that are kept. */
export const FIGURE_STEPS = 1000;

export const FIGURES = ['accuracy', 'agreement', 'undecided', 'flicker'] as const;
export type Figure = (typeof FIGURES)[number];

/** Shares from 0 to 1 at one step; null if there is no ink or no label is known. */
export type FiguresOfStep = Readonly<Record<Figure, number | null>> & { readonly step: number };

export function figuresOf({ step, cellAccuracy, agreement, undecided, flicker }: Statistics): FiguresOfStep {
  return { step, accuracy: cellAccuracy, agreement, undecided, flicker };
}

export class FigureHistory {
  #samples: FiguresOfStep[] = [];

  /** The measurements, with the earliest step first. */
  get samples(): readonly FiguresOfStep[] {
    return this.#samples;
  }

  /**
   * Adds the measurement of a step, which may be an earlier step that is shown again.
   * @param latest the step up to which the canvas has run; figures of later steps are outdated and are discarded
   */
  add(figures: FiguresOfStep, latest: number): void {
    const kept = this.#samples.filter(({ step }) => step !== figures.step && isKept(step, latest));
    const at = kept.findIndex(({ step }) => step > figures.step);
    kept.splice(at < 0 ? kept.length : at, 0, figures);
    this.#samples = kept;
  }

  clear(): void {
    this.#samples = [];
  }
}

function isKept(step: number, latest: number): boolean {
  return step <= latest && step > latest - FIGURE_STEPS;
}

/** Flicker is small when all is well, so it is drawn larger by this factor. */
export const FLICKER_GAIN = 10;

/** The height of the chart's drawing in its own units. Its width is one unit per step. */
export const CHART_HEIGHT = 100;

/** The chart grows by this many steps at a time until it spans everything that is kept. */
const SPAN_STEPS = 100;

/** Returns the number of steps that a chart of `samples` spans, up to the latest. */
export function spanOf(samples: readonly FiguresOfStep[], latest: number): number {
  const steps = samples.length > 0 ? latest - samples[0].step : 0;
  return Math.min(FIGURE_STEPS, SPAN_STEPS * Math.max(1, Math.ceil(steps / SPAN_STEPS)));
}

/** Returns a figure's curve as an SVG path over `span` steps. It is interrupted where the figure is unknown. */
export function curveOf(samples: readonly FiguresOfStep[], figure: Figure, latest: number, span: number): string {
  const gain = figure === 'flicker' ? FLICKER_GAIN : 1;
  let isDrawing = false;
  let path = '';
  for (const sample of samples) {
    const share = sample[figure];
    if (share === null || !isKept(sample.step, latest)) {
      isDrawing = false;
      continue;
    }
    const height = CHART_HEIGHT * (1 - Math.min(1, gain * share));
    path += `${isDrawing ? 'L' : 'M'}${span - (latest - sample.step)} ${height.toFixed(1)}`;
    isDrawing = true;
  }
  return path;
}
