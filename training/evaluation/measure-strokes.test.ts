import { describe, expect, it } from 'vitest';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import type { GlyphSet } from '../strokes/glyphs.ts';
import { parseMergedClasses } from './merged-classes.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { measureStrokes, type StrokeOptions } from './measure-strokes.ts';
import { renderStrokeReport } from '../report/stroke-report.ts';
import { describeStrokes } from './describe.ts';
import type { Trial } from './examine.ts';
import type { Verdict } from '../../engine/learning/rollout/tally.ts';

const stroke = [
  { x: 0, y: 0, pressure: 1 },
  { x: 0.3, y: 1, pressure: 1 },
];
const ring = Array.from({ length: 20 }, (_, index) => {
  const angle = (2 * Math.PI * index) / 19;
  return { x: 0.4 + 0.4 * Math.cos(angle), y: 0.5 + 0.5 * Math.sin(angle), pressure: 1 };
});
const slash = [
  { x: 0.1, y: 0.9, pressure: 1 },
  { x: 0.7, y: 0.1, pressure: 1 },
];
const glyphs = (label: string, count: number, writer: string) =>
  Array.from({ length: count }, () => ({ writer, label, strokes: [stroke] }));

const FILES: GlyphSet[] = [
  { name: 'digits.json', glyphs: [...glyphs('1', 10, 'anna'), ...glyphs('7', 10, 'bert')] },
  { name: 'letters.json', glyphs: glyphs('K', 4, 'anna') },
];

const OPTIONS: StrokeOptions = {
  ...{ heights: [14, 30], radius: 1.5, steps: 40, limit: Infinity, seed: 3 },
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

/** Says 1 of everything, but nothing of a share of the cells of what is no digit. */
function teamThatSaysOne(silentShare: (digit: number) => number, seen: Trial[] = []): ExaminerTeam {
  const verdict = (label: number, digit: number): Verdict => {
    const undecidedCells = label === NO_CLASS ? Math.round(100 * silentShare(digit)) : 0;
    const silent = undecidedCells > 50;
    return {
      ...{ label, vote: silent ? NO_CLASS : 1, inkCells: 100, undecidedCells },
      rightCells: label === NO_CLASS ? undecidedCells : label === 1 ? 100 : 0,
      votingCells: silent ? undecidedCells : 100 - undecidedCells,
      cellsOfClass: OPTIONS.classNames.map((_, said) => (said === 1 ? 100 - undecidedCells : 0)),
    };
  };
  const settle = (trials: readonly Trial[]): Promise<Verdict[][][]> => {
    seen.push(...trials);
    return Promise.resolve(trials.map(({ digits }) => [digits.map(({ label }, index) => verdict(label, index))]));
  };
  return { settle } as ExaminerTeam;
}

describe('pen strokes', () => {
  it('are measured file by file and height by height; what is no class is right when it is undecided', async () => {
    const { strokes, merged, pairs, forms, mistakes, worstWriters, separation } = await measureStrokes(
      teamThatSaysOne((digit) => (digit === 0 ? 0 : 0.8)),
      FILES,
      OPTIONS,
    );
    expect(strokes).toHaveLength(4);
    expect(strokes[1]).toEqual({
      ...{ file: 'digits.json', height: 30, radius: 1.5, n: 20, cellAccuracy: 0.5, agreement: 1 },
      ...{ majorityAccuracy: 0.5, undecided: 0 },
    });
    expect(strokes[2]).toMatchObject({
      file: 'letters.json',
      height: 14,
      n: 4,
      majorityAccuracy: 0.75,
      undecided: 0.6,
    });
    expect(worstWriters).toEqual([{ file: 'digits.json', writer: 'bert', n: 10, majorityAccuracy: 0 }]);
    // Three of four letters are above every digit, one is level with them.
    expect(separation).toEqual([
      { height: 14, areaUnderCurve: 0.875 },
      { height: 30, areaUnderCurve: 0.875 },
    ]);
    expect(forms).toEqual([]);
    // Of ten 1s and ten 7s at both heights, every 7 is taken for a 1.
    expect(pairs).toEqual([{ classes: [1, 7], n: 40, confused: 20 }]);
    expect(merged).toBeNull();
    // Every 7 at both heights, and the letter that says 1.
    expect(mistakes.filter(({ label }) => label === '7')).toHaveLength(20);
    expect(mistakes.filter(({ label }) => label === 'K').map(({ height, vote }) => [height, vote])).toEqual([
      [14, 1],
      [30, 1],
    ]);
    const report = renderStrokeReport('<title>', OPTIONS.classNames, {
      ...{ strokes, merged, pairs, forms, mistakes, worstWriters, separation },
    });
    expect(report).toContain('&lt;title&gt;');
    expect(report).toContain('7 → 1, 30');
    expect(report.match(/<img/g)?.length).toBeGreaterThan(20);
    expect(describeStrokes({ strokes, merged, pairs, forms, worstWriters, separation }, OPTIONS.classNames)).toMatch(
      /bert \(10\): 0\.00 %/,
    );
  });

  it('are also counted with several classes as one, in the text and in the report', async () => {
    const merged = parseMergedClasses('1=7', OPTIONS.classNames);
    const findings = await measureStrokes(
      teamThatSaysOne(() => 0.8),
      FILES,
      { ...OPTIONS, merged },
    );
    expect(findings.strokes[1].majorityAccuracy).toBe(0.5);
    expect(findings.merged?.groups).toEqual([['1', '7']]);
    expect(findings.merged?.strokes[1]).toEqual({
      ...{ file: 'digits.json', height: 30, radius: 1.5, n: 20, cellAccuracy: 1, agreement: 1 },
      ...{ majorityAccuracy: 1, undecided: 0 },
    });
    expect(findings.merged?.strokes[2]).toEqual(findings.strokes[2]);
    const text = describeStrokes(findings, OPTIONS.classNames);
    expect(text).toContain('Counted as one: 1 = 7');
    expect(text).toContain('1 and 7: 20 of 40 (50.00 %)');
    const report = renderStrokeReport('strokes', OPTIONS.classNames, findings);
    expect(report).toContain('Counted as one: 1 = 7');
    expect(report).toContain('1 and 7: 20 of 40 (50.00 %)');
  });

  it('are counted by the form of the digit', async () => {
    const slashed: GlyphSet = {
      name: 'zeros.json',
      glyphs: [{ writer: 'anna', label: '0', strokes: [ring, slash] }, ...glyphs('0', 3, 'anna')],
    };
    const { forms, ...findings } = await measureStrokes(
      teamThatSaysOne(() => 0),
      [slashed],
      OPTIONS,
    );
    expect(forms).toEqual([
      { form: 'slashed 0', height: 14, n: 1, majorityAccuracy: 0 },
      { form: 'slashed 0', height: 30, n: 1, majorityAccuracy: 0 },
    ]);
    expect(describeStrokes({ forms, ...findings }, OPTIONS.classNames)).toContain('slashed 0, height 14 (1)');
  });

  it('are spread over a file when only some are asked for, and drawn alike each time', async () => {
    const seen: Trial[] = [];
    const { strokes, separation } = await measureStrokes(
      teamThatSaysOne(() => 1, seen),
      FILES.slice(0, 1),
      {
        ...OPTIONS,
        heights: [20],
        limit: 4,
      },
    );
    expect(strokes[0]).toMatchObject({ n: 4, majorityAccuracy: 0.5 });
    expect(separation).toEqual([]);
    const again: Trial[] = [];
    await measureStrokes(
      teamThatSaysOne(() => 1, again),
      FILES.slice(0, 1),
      { ...OPTIONS, heights: [20], limit: 4 },
    );
    expect(again).toEqual(seen);
    expect(seen[0].digits.map(({ label }) => label)).toEqual([1, 1, 7, 7]);
    expect(seen[0].stops).toEqual([40]);
  });
});
