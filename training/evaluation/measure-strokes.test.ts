import { describe, expect, it } from 'vitest';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import type { Glyph, GlyphSet } from '../strokes/glyphs.ts';
import { parseMergedClasses } from './merged-classes.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { measureStrokes, type StrokeOptions } from './measure-strokes.ts';
import { renderStrokeReport } from '../report/stroke-report.ts';
import { describeStrokes } from './describe-strokes.ts';
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
  // Enough letters to be a writer, if it were one of digits.
  { name: 'letters.json', glyphs: [...glyphs('K', 12, 'anna'), ...glyphs('O', 3, 'anna')] },
];

const OPTIONS: StrokeOptions = {
  ...{ heights: [14, 30], radii: [1.5], steps: 40, limit: Infinity, seed: 3 },
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
    const findings = await measureStrokes(
      teamThatSaysOne((digit) => (digit % 4 === 0 ? 0 : 0.8)),
      FILES,
      OPTIONS,
    );
    const { strokes, merged, pairs, forms, mistakes, worstWriters, separation } = findings;
    expect(strokes.map(({ file, height, n }) => [file, height, n])).toEqual([
      ['digits.json', 14, 20],
      ['digits.json', 30, 20],
      ['letters.json', 14, 12],
      ['letters.json', 30, 12],
      ['letters.json, like digits', 14, 3],
      ['letters.json, like digits', 30, 3],
    ]);
    expect(strokes[1]).toEqual({
      ...{ file: 'digits.json', height: 30, radius: 1.5, n: 20, cellAccuracy: 0.5, agreement: 1 },
      ...{ majorityAccuracy: 0.5, undecided: 0 },
    });
    expect(strokes[2]).toMatchObject({
      file: 'letters.json',
      height: 14,
      n: 12,
      majorityAccuracy: 0.75,
      undecided: 0.6,
    });
    // Of the writers of classes only, and without the letters.
    expect(worstWriters).toEqual([{ file: 'digits.json', writer: 'bert', n: 10, majorityAccuracy: 0 }]);
    // Three of four letters are above every digit, one is level with them.
    const apart = { radius: 1.5, areaUnderCurve: 0.875, classesUndecided: 0 };
    expect(separation).toEqual(
      [14, 30].map((height) => ({ height, ...apart, othersUndecided: expect.closeTo(0.6, 9) as number })),
    );
    expect(forms).toEqual([]);
    // Of ten 1s and ten 7s at both heights, every 7 is taken for a 1.
    expect(pairs).toEqual([{ classes: [1, 7], n: 40, confused: 20, firstAsSecond: 0 }]);
    expect(merged).toBeNull();
    // Every 7 at both heights, and the letters that say 1; none that looks like a digit.
    expect(mistakes.filter(({ label }) => label === '7')).toHaveLength(20);
    const letters = mistakes.filter(({ label }) => label !== '7');
    expect(letters.map(({ label, height, vote }) => `${label} ${height} ${vote}`)).toEqual([
      ...['K 14 1', 'K 14 1', 'K 14 1', 'K 30 1', 'K 30 1', 'K 30 1'],
    ]);
    const report = renderStrokeReport('<title>', OPTIONS.classNames, findings);
    expect(report).toContain('&lt;title&gt;');
    expect(report).toContain('7 → 1, 30');
    expect(report.match(/<img/g)?.length).toBeGreaterThan(20);
    const text = describeStrokes(findings, OPTIONS.classNames);
    expect(text).toMatch(/bert \(10\): 0\.00 %/);
    expect(text).toMatch(/height 14: area under the curve 0\.875, undecided 0\.00 % .* 60\.00 % of others/);
  });

  it('of letters are classes like all others if the model has them', async () => {
    const { strokes, worstWriters, touching, separation } = await measureStrokes(
      teamThatSaysOne(() => 0.8),
      FILES,
      { ...OPTIONS, classNames: [...OPTIONS.classNames, 'K'] },
    );
    expect(strokes.map(({ file, height, n }) => [file, height, n])).toEqual([
      ['digits.json', 14, 20],
      ['digits.json', 30, 20],
      ['letters.json', 14, 15],
      ['letters.json', 30, 15],
    ]);
    expect(worstWriters.map(({ file, n }) => [file, n])).toEqual([
      ['digits.json', 10],
      ['letters.json', 12],
    ]);
    expect([touching.length, separation.length]).toEqual([0, 2]);
  });

  it('are drawn at every height with every radius, and so are digits that touch', async () => {
    const seen: Trial[] = [];
    const findings = await measureStrokes(
      teamThatSaysOne(() => 0.25, seen),
      FILES.slice(0, 1),
      { ...OPTIONS, heights: [20, 30], radii: [1, 2.2] },
    );
    const sizes = [20, 30].flatMap((height) => [1, 2.2].map((radius) => ({ height, radius })));
    expect(findings.strokes.map(({ height, radius }) => ({ height, radius }))).toEqual(sizes);
    const inkOf = (trial: Trial): number =>
      Math.max(...trial.digits.map(({ pixels }) => pixels.filter(Boolean).length));
    expect(inkOf(seen[1])).toBeGreaterThan(1.5 * inkOf(seen[0]));
    expect(findings.touching.map(({ height, radius }) => ({ height, radius }))).toEqual(sizes);
    for (const { n, own, undecided, third } of findings.touching) {
      expect([n, undecided]).toEqual([20, 0.25]);
      expect(own + third).toBeCloseTo(0.75);
      // The cells say 1, which most pairs have, and two 7s do not.
      expect(own).toBeGreaterThan(third);
      expect(third).toBeGreaterThan(0);
    }
    const text = describeStrokes(findings, OPTIONS.classNames);
    expect(text).toMatch(/height 20, radius 2\.2 \(20\): [0-9.]+ % say one of the two, 25\.00 % are undecided/);
    expect(renderStrokeReport('strokes', OPTIONS.classNames, findings)).toContain('<th>a third</th>');
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
    expect(text).toContain('1 and 7: 20 of 40 (50.00 %; 1 as 7: 0, 7 as 1: 20)');
    const report = renderStrokeReport('strokes', OPTIONS.classNames, findings);
    expect(report).toContain('Counted as one: 1 = 7');
    expect(report).toContain('1 and 7: 20 of 40 (50.00 %; 1 as 7: 0, 7 as 1: 20)');
  });

  it('are counted by the form of the digit', async () => {
    const write = (label: string, strokes: Glyph['strokes'], count: number): Glyph[] =>
      Array.from({ length: count }, () => ({ writer: 'anna', label, strokes }));
    const foot = [
      { x: 0, y: 1, pressure: 1 },
      { x: 0.6, y: 1, pressure: 1 },
    ];
    const digits: GlyphSet = {
      name: 'digits.json',
      glyphs: [
        ...write('1', [stroke, foot], 11),
        ...write('0', [ring, slash], 12),
        ...write('4', [stroke], 2),
        ...write('0', [ring], 3),
      ],
    };
    const findings = await measureStrokes(
      teamThatSaysOne(() => 0),
      [digits],
      OPTIONS,
    );
    expect(findings.forms.slice(0, 3)).toEqual([
      { form: 'slashed 0', height: 14, radius: 1.5, n: 12, majorityAccuracy: 0 },
      { form: 'slashed 0', height: 30, radius: 1.5, n: 12, majorityAccuracy: 0 },
      { form: '1 with a foot', height: 14, radius: 1.5, n: 11, majorityAccuracy: 1 },
    ]);
    // Two 4s are too few to be the worst, and plain zeros have no form.
    expect(findings.pooledForms).toEqual([
      { form: 'slashed 0', n: 12, majorityAccuracy: 0 },
      { form: '1 with a foot', n: 11, majorityAccuracy: 1 },
      { form: '4 in one stroke', n: 2, majorityAccuracy: 0 },
    ]);
    expect(describeStrokes(findings, OPTIONS.classNames)).toMatch(/^slashed 0 +12 +0\.00 +0\.00 +0\.00$/m);
    const [, gallery] = renderStrokeReport('strokes', OPTIONS.classNames, findings).split('<h2>Worst forms</h2>');
    expect(gallery.match(/<p>[^<]*/g)).toEqual(['<p>slashed 0: 0.0 % right, 24 read wrong']);
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
