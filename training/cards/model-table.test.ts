import { expect, it } from 'vitest';
import type { Evaluation } from '../evaluation/evaluate.ts';
import type { Scores } from '../../engine/learning/rollout/tally.ts';
import { renderModelTable } from './model-table.ts';

const scores = (cellAccuracy: number): Scores => ({
  cellAccuracy,
  agreement: 0.5,
  unanimousCorrect: 0.25,
  majorityAccuracy: 1,
  undecided: 0,
});

it('has a row for each model, in percent', () => {
  const evaluation: Evaluation = {
    n: 10,
    seed: 0,
    seeds: [0],
    steps: { '20': scores(0.1), '80': scores(0.8), '200': scores(0.9) },
    mutation: { '20': scores(0.2), '80': scores(0.7), '200': scores(0.75) },
    flicker: 0.0003,
    spread: null,
    drift: null,
    confusion: [],
    pairs: [],
    merged: null,
    worst: [],
    backend: 'wasm',
  };
  expect(renderModelTable({ accurate: evaluation }).split('\n')).toEqual([
    '| model | @20 | @80 | @200 | mutation +80 | flicker |',
    '| --- | --- | --- | --- | --- | --- |',
    '| `accurate` | 10.0/50.0/25.0/100.0 | 80.0/50.0/25.0/100.0 | 90.0/50.0/25.0/100.0 | 70.0/50.0/25.0/100.0 | 0.03 |',
  ]);
});
