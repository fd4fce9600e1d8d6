import { expect, test } from 'vitest';
import type { BenchResult } from './cases.ts';
import { describeCost, fitCosts, headOf, HEADINGS, lineOf, markdownOf } from './report.ts';

function result(liveCells: number, dropout: number, msPerStep: number): BenchResult {
  return {
    name: `${liveCells} cells`,
    model: 'accurate',
    digits: 1,
    width: 10,
    height: 10,
    liveCells,
    dropout,
    strategy: 'constants',
    msPerStep,
    spreadMs: [msPerStep, msPerStep],
    cellStepsPerSecond: 1,
    gflops: 1,
    roofGflops: 2,
    tfjsMsPerStep: null,
    speedup: null,
  };
}

test('times that follow the cost model give its constants', () => {
  const time = (fired: number) => 0.4 + 2500e-6 * fired;
  const cases = [
    [1000, 0],
    [1000, 0.5],
    [50_000, 0.5],
    [200_000, 0.75],
  ].map(([cells, dropout]) => result(cells, dropout, time(cells * (1 - dropout))));
  const [cost] = fitCosts(cases);
  expect(cost.aMs).toBeCloseTo(0.4, 6);
  expect(cost.bNsPerFiredCell).toBeCloseTo(2500, 3);
  expect(describeCost(cost)).toContain('0.40 ms + 2500 ns');
});

test('fewer than three different loads prove no cost model', () => {
  expect(fitCosts([result(1000, 0, 1), result(1000, 0.5, 0.6), result(1000, 0.5, 0.7)])).toEqual([]);
});

test('a line has a cell for every heading', () => {
  expect(lineOf(result(1000, 0.5, 3))).toHaveLength(HEADINGS.length);
  expect(lineOf(result(0, 0.5, 3))[5]).toBe('–');
});

test('in Markdown a report is a table, with what is around it', () => {
  const text = markdownOf({
    renderer: 'Some GPU',
    cases: [result(1000, 0.5, 3), result(0, 0.5, 0.25)],
    costModels: [],
  });
  expect(text.split('\n')).toEqual([
    'Some GPU',
    '',
    '| case | strategy | live cells | ms a step | least – most | GFLOP/s | % of roof | TF.js ms | speed-up |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| 1000 cells | constants | 1,000 | 3.0 | 3.0 – 3.0 | 1.0 | 50 | – | – |',
    '| 0 cells | constants | 0 | 0.25 | 0.25 – 0.25 | – | – | – | – |',
  ]);
});

test('a report begins with what of the machine decides its figures', () => {
  const machine = {
    day: '2026-11-29',
    processor: 'Some processor',
    cores: 2,
    cacheKilobytes: [32, 512],
    chainMillions: 812.4,
    cacheCopyGigabytes: 41.6,
    memoryCopyGigabytes: 9.24,
    load: 0.31,
  };
  const [, line] = headOf({ renderer: 'Some GPU', machine, cases: [], costModels: [] });
  expect(line).toBe(
    '2026-11-29: Some processor, 2 cores, caches of 32, 512 kB; 812 million dependent multiply-adds a second; ' +
      'copies 42 GB/s in the cache and 9.2 GB/s in memory; load 0.3.',
  );
});
