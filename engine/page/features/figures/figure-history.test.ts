import { describe, expect, it } from 'vitest';
import { curveOf, FIGURE_STEPS, FigureHistory, type FiguresOfStep, spanOf } from './figure-history.ts';

const at = (step: number, accuracy: number | null = 0.5): FiguresOfStep => ({
  step,
  accuracy,
  agreement: 0.25,
  undecided: 0.1,
  flicker: 0.02,
});
const stepsOf = (history: FigureHistory) => history.samples.map(({ step }) => step);

describe('the figures of the last steps', () => {
  it('are kept for a thousand steps', () => {
    const history = new FigureHistory();
    for (let step = 0; step <= 3 * FIGURE_STEPS; step += 20) history.add(at(step), step);
    expect(history.samples).toHaveLength(FIGURE_STEPS / 20);
    expect(stepsOf(history)[0]).toBe(2 * FIGURE_STEPS + 20);
  });

  it('stay in the order of the steps, each once, when an earlier one is looked at again', () => {
    const history = new FigureHistory();
    for (const step of [10, 30, 50]) history.add(at(step), step);
    history.add(at(20), 50);
    history.add(at(30, 0.9), 50);
    expect(stepsOf(history)).toEqual([10, 20, 30, 50]);
    expect(history.samples[2].accuracy).toBe(0.9);
  });

  it('forget what was given up: the time after a step that was gone on from, or all before a restart', () => {
    const history = new FigureHistory();
    for (const step of [10, 30, 50]) history.add(at(step), step);
    history.add(at(31), 31);
    expect(stepsOf(history)).toEqual([10, 30, 31]);
    history.add(at(0), 0);
    expect(stepsOf(history)).toEqual([0]);
  });
});

describe('a curve', () => {
  it('ends on the right with the latest step and breaks off where the figure is not known', () => {
    const samples = [at(100), at(120), at(140, null), at(160, 1), at(180, 0)];
    expect(curveOf(samples, 'accuracy', 180, 200)).toBe('M120 50.0L140 50.0M180 0.0L200 100.0');
  });

  it('shows flicker ten times as large, and no larger than the chart', () => {
    expect(curveOf([at(5)], 'flicker', 5, 100)).toBe('M100 80.0');
    expect(curveOf([{ ...at(5), flicker: 0.4 }], 'flicker', 5, 100)).toBe('M100 0.0');
  });

  it('leaves out what is no longer within the last steps', () => {
    expect(curveOf([at(0), at(1500)], 'agreement', 1500, FIGURE_STEPS)).toBe('M1000 75.0');
  });

  it('spans what is known in whole hundreds, a thousand steps at most', () => {
    expect(spanOf([], 0)).toBe(100);
    expect(spanOf([at(20)], 120)).toBe(100);
    expect(spanOf([at(20), at(100)], 121)).toBe(200);
    expect(spanOf([at(20)], 5000)).toBe(FIGURE_STEPS);
  });
});
