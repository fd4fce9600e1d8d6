import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../engine/common/handwriting/stroke.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { DataError } from '../digits/idx.ts';
import type { StrokeRule } from '../presets/recipe-schema.ts';
import { ANY_HAND } from '../presets/strokes.ts';
import { drawGlyph, UPRIGHT } from '../../engine/learning/strokes/draw-glyph.ts';
import { findGlyphFiles, readGlyphs } from './glyphs.ts';
import { madeUpDigits, madeUpHearts, writeStrokeFiles } from './made-up-strokes.ts';
import { evaluationSets, trainingGlyphs } from './own-hand.ts';
import { drawShape, SHAPE_NAMES } from '../../engine/learning/strokes/shapes.ts';
import { drawFromStrokes, readStrokeSet, type StrokeSet } from './stroke-source.ts';

const NAMES = Array.from({ length: 10 }, (_, digit) => String(digit));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-strokes-'));
  writeStrokeFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The rows and columns of an image with more ink than half. */
function inkBox(pixels: Uint8Array): { width: number; height: number } {
  const side = sideOf(pixels);
  const cells = [...pixels.keys()].filter((cell) => pixels[cell] > 127);
  const extent = (values: number[]): number => Math.max(...values) - Math.min(...values) + 1;
  return {
    width: extent(cells.map((cell) => cell % side)),
    height: extent(cells.map((cell) => Math.floor(cell / side))),
  };
}

describe('a file of strokes', () => {
  it('is read gzipped or not, in units of the height', () => {
    const files = findGlyphFiles(folder, 'validation').map(readGlyphs);
    expect(files.map(({ name, glyphs }) => [name, glyphs.length])).toEqual([
      ['digits-validation.json', 20],
      ['hearts-validation.json.gz', 2],
    ]);
    expect(files[0].digest).toMatch(/^[0-9a-f]{64}$/);
    const { writer, label, strokes } = files[0].glyphs[11];
    expect([writer, label]).toEqual(['bert', '1']);
    const { left, top, bottom } = boundsOf(strokes);
    expect([left, top, bottom]).toEqual([0, 0, 1]);
  });

  it.each([
    ['no JSON', 'strokes', /is not JSON/],
    ['an object', '{}', /the file: .*[Aa]rray/],
    ['no glyph', '[]', /holds no strokes/],
    ['a glyph without strokes', '[{"writer":"a","label":"1","strokes":[]}]', /0\.strokes: must hold one stroke/],
    ['half a point', '[{"label":"1","strokes":[[1,2,3]]}]', /0\.strokes\.0: must be x and y in turn/],
    ['a number that is none', '[{"label":"1","strokes":[[1,"2"]]}]', /0\.strokes\.0\.1/],
    ['a point far away', '[{"label":"1","strokes":[[1,1e300]]}]', /0\.strokes\.0\.1/],
  ])('that holds %s is refused in one sentence that names the place', (_, text, message) => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, text);
    expect(() => readGlyphs(path)).toThrow(DataError);
    expect(() => readGlyphs(path)).toThrow(message);
    expect(() => readGlyphs(path)).toThrow(path);
  });

  it('gives glyphs or a sentence, whatever bytes it has', () => {
    const path = join(folder, 'any.json.gz');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.json(), fc.boolean(), (bytes, json, packed) => {
        writeFileSync(path, packed ? gzipSync(json) : bytes);
        expect(() => readGlyphs(path)).toThrow(DataError);
      }),
      { numRuns: 60 },
    );
  });

  it('is looked for in a folder that has to have one', () => {
    expect(findGlyphFiles(join(folder, 'digits-validation.json'), 'train')).toHaveLength(1);
    expect(() => findGlyphFiles(folder, 'test')).toThrow(/has no \*test\*\.json/);
    expect(() => findGlyphFiles(join(folder, 'none'), 'train')).toThrow(/There is no file or folder/);
  });
});

describe('a glyph', () => {
  it('is drawn as high as it is asked for, two radii of ink around, with paper at every side', () => {
    const [{ strokes }] = readGlyphs(join(folder, 'digits-validation.json')).glyphs;
    for (const [height, radius] of [
      [14, 1],
      [28, 2.2],
      [50, 1.5],
    ]) {
      const pixels = drawGlyph(strokes, { ...UPRIGHT, height, radius }, new Random(3));
      const side = sideOf(pixels);
      expect(side).toBeGreaterThanOrEqual(28);
      expect(Math.abs(inkBox(pixels).height - (height + 2 * radius))).toBeLessThanOrEqual(1.5);
      const border = [...pixels.keys()].filter((cell) => {
        const [x, y] = [cell % side, Math.floor(cell / side)];
        return x === 0 || y === 0 || x === side - 1 || y === side - 1;
      });
      expect(border.every((cell) => pixels[cell] === 0)).toBe(true);
    }
  });

  it('is turned, slanted and stretched', () => {
    const upright = [
      [
        { x: 0, y: 0, pressure: 1 },
        { x: 0, y: 1, pressure: 1 },
      ],
    ];
    const box = (pose: Partial<typeof UPRIGHT>) =>
      inkBox(drawGlyph(upright, { ...UPRIGHT, height: 20, radius: 1, ...pose }, new Random(1)));
    expect(box({}).width).toBeLessThanOrEqual(3);
    expect(box({ turnDegrees: 90 }).height).toBeLessThanOrEqual(3);
    expect(box({ slant: 0.5 }).width).toBeGreaterThanOrEqual(11);
    const level = [
      [
        { x: 0, y: 0, pressure: 1 },
        { x: 1, y: 1, pressure: 1 },
      ],
    ];
    const wide = inkBox(drawGlyph(level, { ...UPRIGHT, stretch: 1.5, height: 20, radius: 1 }, new Random(1)));
    expect(wide.width - wide.height).toBeGreaterThanOrEqual(9);
  });
});

describe('a shape that is no digit', () => {
  it.each(SHAPE_NAMES)('fits its box and is another each time: %s', (name) => {
    const random = new Random(5);
    const [one, other] = [drawShape(random, name), drawShape(random, name)];
    expect(one).not.toEqual(other);
    const { left, top, right, bottom } = boundsOf(one);
    expect([left, top].every((value) => Math.abs(value) < 1e-9)).toBe(true);
    expect(Math.max(right, bottom)).toBeCloseTo(1);
  });
});

describe("the project's own hand", () => {
  it('writes every form and every shape to measure with, and other digits to train on', () => {
    const sets = evaluationSets(4);
    expect(sets.map(({ name, glyphs }) => [name, glyphs.length])).toEqual([
      ['usual forms', 40],
      ['further forms', 24],
      ['letters', 4 * 26],
      ['shapes', 4 * SHAPE_NAMES.length],
    ]);
    for (const { strokes } of sets.slice(0, 3).flatMap(({ glyphs }) => glyphs)) {
      const { left, top, bottom } = boundsOf(strokes);
      expect(Math.max(Math.abs(left), Math.abs(top), Math.abs(bottom - 1))).toBeLessThan(1e-9);
    }
    expect(trainingGlyphs(4)[0]).not.toEqual(sets[0].glyphs[0]);
    const { classes, others, files } = readStrokeSet('handwriting', NAMES, ANY_HAND);
    expect([new Set(classes.map(({ length }) => length)), files]).toEqual([new Set([500]), []]);
    expect([...new Set(others.map(({ label }) => label))].join('')).toBe('ACEFHJKLMNPRTUVWX');
    const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const alphabet = readStrokeSet('handwriting', [...NAMES, ...letters], ANY_HAND);
    expect([new Set(alphabet.classes.map(({ length }) => length)), alphabet.others]).toEqual([new Set([500]), []]);
  });
});

describe('what training draws from strokes', () => {
  it('is digits and things that are none, in the shares and sizes of the rule', () => {
    const set = readStrokeSet(folder, NAMES, ANY_HAND);
    expect(set.classes.map(({ length }) => length)).toEqual(new Array(10).fill(2));
    expect(set.others).toHaveLength(3);
    expect(set.files.map(({ name }) => name)).toEqual(['digits-train.json.gz', 'hearts-train.json.gz']);
    const random = new Random(2);
    const drawn = Array.from({ length: 400 }, () => drawFromStrokes(set, ANY_HAND, random));
    const none = drawn.filter(({ label }) => label === NO_CLASS).length;
    expect(Math.abs(none / 400 - ANY_HAND.none)).toBeLessThan(0.07);
    expect(new Set(drawn.map(({ label }) => label)).size).toBe(11);
    const sides = drawn.map(({ pixels }) => sideOf(pixels));
    expect(Math.min(...sides)).toBe(28);
    expect(Math.max(...sides)).toBeGreaterThan(50);
    expect(drawn.every(({ pixels }) => pixels.some((ink) => ink > 127))).toBe(true);
    const again = new Random(2);
    expect(drawFromStrokes(set, ANY_HAND, again)).toEqual(drawn[0]);
  });

  it('draws classes evenly, or as often as the data has them, each by its weight', () => {
    const few = join(folder, 'uneven-train.json');
    writeFileSync(few, JSON.stringify([...madeUpDigits(1), ...madeUpDigits(3).filter(({ label }) => label === '3')]));
    const countsOf = (rule: Partial<StrokeRule>): number[] => {
      const all = { ...ANY_HAND, none: 0, ...rule };
      const set = readStrokeSet(few, NAMES, all);
      const random = new Random(8);
      const labels = Array.from({ length: 600 }, () => drawFromStrokes(set, all, random).label);
      return NAMES.map((_, index) => labels.filter((label) => label === index).length);
    };
    const isNear = (count: number, expected: number): boolean => Math.abs(count - expected) < 4 * Math.sqrt(expected);
    expect(countsOf({}).every((count) => isNear(count, 60))).toBe(true);
    expect(countsOf({ even: 'glyphs' })[3]).toSatisfy((count: number) => isNear(count, (600 * 4) / 22));
    const weighted = countsOf({ weights: { 3: 4, 5: 0.01 } });
    expect(isNear(weighted[3], (600 * 4) / 12)).toBe(true);
    expect(weighted[5]).toBeLessThan(6);
    expect(() => readStrokeSet(few, NAMES, { ...ANY_HAND, weights: { K: 2 } })).toThrow(
      'strokes.weights names "K", which the model has no class for.',
    );
  });

  it('has the rarer forms of a class as often as the rule says', () => {
    const own = readStrokeSet('handwriting', NAMES, ANY_HAND);
    expect(own.rareForms.map(({ length }) => length > 0)).toEqual(NAMES.map((name) => '01479'.includes(name)));
    const bar = [
      [
        { x: 0, y: 0, pressure: 1 },
        { x: 3, y: 0.2, pressure: 1 },
      ],
    ];
    const set = { ...own, rareForms: NAMES.map((label) => [{ writer: 'anna', label, strokes: bar }]) };
    const upright = { rotationDegrees: [0, 0], slant: [0, 0], stretch: [1, 1], height: [12, 12], bitten: 0, none: 0 };
    const shareOfBars = (rareForms: number): number => {
      const random = new Random(4);
      const rule = { ...ANY_HAND, ...upright, rareForms } as StrokeRule;
      const boxes = Array.from({ length: 300 }, () => inkBox(drawFromStrokes(set, rule, random).pixels));
      return boxes.filter(({ width, height }) => width > 2 * height).length / 300;
    };
    expect(shareOfBars(0)).toBe(0);
    expect(Math.abs(shareOfBars(0.3) - 0.3)).toBeLessThan(0.08);
  });

  describe('in one pose', () => {
    type Corner = readonly [x: number, y: number];
    const glyphOf = (...corners: Corner[]) => ({
      writer: 'anna',
      label: '0',
      strokes: [corners.map(([x, y]) => ({ x, y, pressure: 1 }))],
    });
    const tall = glyphOf(...Array.from({ length: 11 }, (_, index): Corner => [0, index / 10]));
    const cup = glyphOf([1, 0], [0, 0], [0, 1], [1, 1]);
    const level = glyphOf([0, 0], [1, 0.05]);
    const upright = { rotationDegrees: [0, 0], slant: [0, 0], stretch: [1, 1], height: [20, 20], radius: [1, 1] };
    const own = readStrokeSet('handwriting', NAMES, ANY_HAND);
    const setOf = (glyph: typeof tall) => ({ ...own, classes: NAMES.map(() => [glyph]), others: [level], shapes: [] });
    const draw = (set: StrokeSet, shares: Partial<StrokeRule>): Uint8Array[] => {
      const random = new Random(4);
      const rule = { ...ANY_HAND, ...upright, bitten: 0, rareForms: 0, ...shares } as StrokeRule;
      return Array.from({ length: 400 }, () => drawFromStrokes(set, rule, random).pixels);
    };
    const shareOfNone = (set: StrokeSet, isMeant: (box: ReturnType<typeof inkBox>) => boolean): number =>
      draw(set, { none: 1 }).filter((pixels) => isMeant(inkBox(pixels))).length / 400;

    it('what is none has pairs of classes that touch, unless labels are named for it', () => {
      const isPair = ({ width, height }: ReturnType<typeof inkBox>): boolean => height > 15 && width > 1.5 * height;
      const set = { ...setOf(cup), halves: [] };
      expect(shareOfNone({ ...set, pairs: false }, isPair)).toBe(0);
      expect(Math.abs(shareOfNone({ ...set, pairs: true }, isPair) - 0.25)).toBeLessThan(0.06);
      expect(own.pairs).toBe(true);
      expect(readStrokeSet('handwriting', NAMES, { ...ANY_HAND, others: ['heart'] }).pairs).toBe(false);
    });

    it('what is none has halves of the classes that are none in halves', () => {
      const isHalf = ({ width, height }: ReturnType<typeof inkBox>): boolean => height < 14 && height > width;
      const set = { ...setOf(tall), pairs: false };
      expect(shareOfNone({ ...set, halves: [] }, isHalf)).toBe(0);
      expect(Math.abs(shareOfNone({ ...set, halves: [3] }, isHalf) - 0.1)).toBeLessThan(0.05);
      expect(own.halves).toEqual([0, 2, 3, 5]);
      const backwards = [...NAMES].reverse();
      const { halves } = readStrokeSet('handwriting', backwards, ANY_HAND);
      expect(halves.map((index) => backwards[index])).toEqual(['5', '3', '2', '0']);
    });

    it('a piece of the ink is missing as often as the rule says', () => {
      const inkOf = (pixels: Uint8Array): number => pixels.reduce((sum, ink) => sum + ink, 0);
      const whole = Math.min(...draw(setOf(tall), { none: 0 }).map(inkOf));
      const bitten = draw(setOf(tall), { none: 0, bitten: 0.3 }).filter((pixels) => inkOf(pixels) < 0.99 * whole);
      expect(Math.abs(bitten.length / 400 - 0.3)).toBeLessThan(0.08);
    });
  });

  it('needs every class, and knows a letter that looks like a digit from one that does not', () => {
    const path = join(folder, 'few-train.json');
    writeFileSync(path, JSON.stringify(madeUpDigits(1).filter(({ label }) => label !== '7')));
    expect(() => readStrokeSet(path, NAMES, ANY_HAND)).toThrow(/have no "7"/);
    const [heart] = madeUpHearts(1);
    const letters = ['O', 'K'].map((label) => ({ ...heart, label }));
    writeFileSync(path, JSON.stringify([...madeUpDigits(1), ...letters]));
    expect(readStrokeSet(path, NAMES, ANY_HAND).others.map(({ label }) => label)).toEqual(['K']);
  });
});
