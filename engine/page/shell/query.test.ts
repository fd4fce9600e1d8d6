import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LARGEST_SEED } from '../../common/random/random.ts';
import { parseQuery } from './query.ts';

test('every parameter of the page is read', () => {
  const { query, issues } = parseQuery(
    '?model=cax&seed=7&columns=4&rows=3&tile=28&dropout=0.25&rate=60&palette=safe&view=ink&paused=1&ui=0&kiosk=1',
  );
  expect(issues).toEqual([]);
  expect(query).toEqual({
    model: 'cax',
    seed: 7,
    columns: 4,
    rows: 3,
    tile: 28,
    dropout: 0.25,
    rate: 60,
    palette: 'safe',
    view: 'ink',
    paused: true,
    ui: false,
    kiosk: true,
  });
});

test('a number out of range is clamped and reported', () => {
  const { query, issues } = parseQuery('?columns=100000&dropout=-3&seed=1e99&tile=3.2');
  expect(query).toEqual({ columns: 128, dropout: 0, seed: LARGEST_SEED, tile: 28 });
  expect(issues.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'clamped columns',
    'clamped dropout',
    'clamped seed',
    'clamped tile',
  ]);
});

test('values and names that are not known are ignored and reported', () => {
  const { query, issues } = parseQuery('?palette=mauve&paused=yes&rows=&dropout=NaN&__proto__=1&colour=red');
  expect(query).toEqual({});
  expect(issues.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'ignored palette',
    'ignored paused',
    'ignored rows',
    'ignored dropout',
    'unknown __proto__',
    'unknown colour',
  ]);
});

test('no address breaks it, and what it reports is short', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (parameters, more) => {
      const { query, issues } = parseQuery(`?${parameters}&${more}&columns=${more}`);
      expect(JSON.stringify(issues).length).toBeLessThan(4000);
      if (query.columns !== undefined) expect(Number.isInteger(query.columns)).toBe(true);
    }),
    { numRuns: 100 },
  );
});
