import { describe, expect, it } from 'vitest';
import { SWIFT_SPECIFICATION } from '../../common/model/architectures.ts';
import { LIMITS } from '../../common/model/specification.ts';
import { Random } from '../../common/random/random.ts';
import { checkSigns, soundDrawings } from './check-signs.ts';
import { storeDrawings } from './stored-drawings.ts';
import { drawMadeUpSign, MADE_UP_SIGNS } from './made-up-signs.ts';
import type { Drawing, Sign } from './sign.ts';

function drawings(name: string, count = 10, seed = 1): Drawing[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => drawMadeUpSign(name, random));
}

function issuesOf(...signs: Sign[]) {
  return checkSigns(SWIFT_SPECIFICATION, signs);
}

const heart: Sign = { name: 'heart', drawings: drawings('heart') };

describe('signs', () => {
  it.each(MADE_UP_SIGNS)('are fine as people draw them: %s', (name) => {
    expect(issuesOf({ name, drawings: drawings(name) })).toEqual([]);
  });

  it('need a name', () => {
    expect(issuesOf()).toEqual([{ severity: 'error', sign: 0, kind: 'no-signs' }]);
    expect(issuesOf({ ...heart, name: ' ' })).toMatchObject([{ kind: 'name-empty', severity: 'error' }]);
    expect(issuesOf({ ...heart, name: 'x'.repeat(33) })).toMatchObject([{ kind: 'name-too-long', most: 32 }]);
    expect(issuesOf({ ...heart, name: 'ab\u202Ec' })).toMatchObject([{ kind: 'name-control' }]);
    expect(issuesOf(heart, { ...heart, drawings: drawings('star') })).toMatchObject([{ kind: 'name-twice', sign: 1 }]);
    for (const name of ['שלום', '<b>&', '👩‍🚀', 'π']) expect(issuesOf({ ...heart, name })).toEqual([]);
  });

  it('need three drawings with ink', () => {
    expect(issuesOf({ name: 'a', drawings: drawings('heart', 2) })).toMatchObject([
      { severity: 'error', kind: 'few-drawings', count: 2, least: 3 },
    ]);
    expect(issuesOf({ name: 'a', drawings: Array.from({ length: 10 }, () => []) })).toMatchObject([
      { severity: 'error', kind: 'few-drawings', count: 0 },
      { severity: 'hint', kind: 'empty-drawings' },
    ]);
    expect(issuesOf({ name: 'a', drawings: [[], ...drawings('heart'), [[]]] })).toEqual([
      { severity: 'hint', sign: 0, kind: 'empty-drawings', drawings: [0, 11] },
    ]);
  });

  it('refuse coordinates that are no places, and more than can be learnt from', () => {
    const broken: Drawing = [[{ x: Number.NaN, y: 0 }]];
    expect(issuesOf({ name: 'a', drawings: [...drawings('heart'), broken] })).toMatchObject([
      { severity: 'error', kind: 'bad-drawing', drawing: 10 },
    ]);
    const [first] = drawings('heart', 1);
    expect(issuesOf({ name: 'a', drawings: Array.from({ length: 201 }, () => first) })).toMatchObject([
      { severity: 'error', kind: 'many-drawings', most: 200 },
    ]);
  });

  it('tell of one drawing ten times, moved and enlarged', () => {
    const [first] = drawings('heart', 1);
    const copies = Array.from({ length: 10 }, (_, index) =>
      first.map((stroke) => stroke.map(({ x, y }) => ({ x: (1 + index / 10) * x + index, y: (1 + index / 10) * y }))),
    );
    expect(issuesOf({ name: 'a', drawings: copies })).toMatchObject([{ severity: 'hint', kind: 'same-drawing' }]);
  });

  it('tell of a dot and a drawing of something else', () => {
    const odd: Drawing = [...drawings('arrow', 1)[0]];
    expect(issuesOf({ name: 'a', drawings: [...drawings('heart'), odd] })).toMatchObject([
      { severity: 'hint', kind: 'unlike-drawings', drawings: [10] },
    ]);
    const dots = Array.from({ length: 5 }, (_, x): Drawing => [[{ x, y: 3 }]]);
    expect(issuesOf({ name: 'a', drawings: dots })).toMatchObject([{ kind: 'same-drawing' }]);
  });

  it('tell of ten different things', () => {
    const different = MADE_UP_SIGNS.flatMap((name) => drawings(name, 1));
    const [issue] = issuesOf({ name: 'a', drawings: different });
    expect(issue).toMatchObject({ kind: 'unlike-drawings' });
    expect(issue.kind === 'unlike-drawings' && issue.drawings.length).toBeGreaterThan(4);
  });

  it('tell of two signs that are alike', () => {
    expect(issuesOf(heart, { name: 'love', drawings: drawings('heart', 10, 2) })).toEqual([
      { severity: 'hint', sign: 1, kind: 'alike-signs', name: 'heart' },
    ]);
    expect(issuesOf(heart, { name: 'K', drawings: drawings('K') })).toEqual([]);
  });

  it('tell of a sign that is like one that the model was taught before, unless it is that one', () => {
    const taught = {
      ...SWIFT_SPECIFICATION,
      taught: [
        {
          from: '0'.repeat(64),
          signs: [{ name: 'heart', drawings: storeDrawings(soundDrawings(heart)), cellAccuracy: 0.9 }],
          ...{ steps: 1, seed: 0, backend: 'wasm', digitCellAccuracy: 0.9 },
        },
      ],
    };
    const again = { drawings: drawings('heart', 10, 2) };
    expect(checkSigns(taught, [{ name: 'love', ...again }])).toEqual([
      { severity: 'hint', sign: 0, kind: 'alike-signs', name: 'heart' },
    ]);
    expect(checkSigns(taught, [{ name: 'heart', ...again }])).toEqual([]);
  });

  it('need room in the model, but not for a class that it has', () => {
    const full = {
      ...SWIFT_SPECIFICATION,
      channels: { ...SWIFT_SPECIFICATION.channels, count: LIMITS.channels },
    };
    expect(checkSigns(full, [heart])).toMatchObject([{ severity: 'error', kind: 'no-room', most: 0 }]);
    expect(checkSigns(full, [{ ...heart, name: '7' }])).toEqual([]);
  });
});
