/** How well the cells did over the last steps, and the curves of it. */
import type { Statistics } from '../../../automaton/types.ts';

/** Steps that are kept. */
export const FIGURE_STEPS = 1000;

export const FIGURES = ['accuracy', 'agreement', 'flicker'] as const;
export type Figure = (typeof FIGURES)[number];

/** Shares 0 … 1 at one step; null where there is no ink, or no label is known. */
export type FiguresOfStep = Readonly<Record<Figure, number | null>> & { readonly step: number };

export function figuresOf({ step, cellAccuracy, agreement, flicker }: Statistics): FiguresOfStep {
  return { step, accuracy: cellAccuracy, agreement, flicker };
}

export class FigureHistory {
  #samples: FiguresOfStep[] = [];

  /** What was measured, the earliest step first. */
  get samples(): readonly FiguresOfStep[] {
    return this.#samples;
  }

  /**
   * Takes what was measured at a step, which may be one of the past that is looked at again.
   * @param latest the step up to which the canvas has run; what is known of later ones belongs to a time that was given up
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

/** Flicker is small where all is well, and is drawn so many times larger. */
export const FLICKER_GAIN = 10;

/** The height of the chart's drawing in its own units; its width is the steps that it spans, one a step. */
export const CHART_HEIGHT = 100;

/** The chart grows by so many steps until it spans all that is kept. */
const SPAN_STEPS = 100;

/** The steps that a chart of `samples` spans, up to the latest. */
export function spanOf(samples: readonly FiguresOfStep[], latest: number): number {
  const steps = samples.length > 0 ? latest - samples[0].step : 0;
  return Math.min(FIGURE_STEPS, SPAN_STEPS * Math.max(1, Math.ceil(steps / SPAN_STEPS)));
}

/** A figure's curve as an SVG path over `span` steps; it breaks off where the figure is not known. */
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
