import { describe, expect, it, test } from 'vitest';
import { DIGIT_CLASSES } from '../common/model/architectures.ts';
import { colorClasses } from '../common/model/class-colors.ts';
import type { ModelClass } from '../common/model/specification.ts';
import { type Color, contrastRatio, linearFromByte, oklabFromLinear } from './color.ts';
import { makePalette, type PaletteName } from './palettes.ts';

/** How complete dichromats see linear light: Machado, Oliveira and Fernandes 2009, severity 1. */
const DICHROMACIES: Record<string, readonly number[]> = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const NORMAL = [1, 0, 0, 0, 1, 0, 0, 0, 1];

function seen(color: Color, matrix: readonly number[]): Color {
  const light = color.map(linearFromByte);
  const row = (start: number): number =>
    Math.min(
      1,
      Math.max(
        0,
        [0, 1, 2].reduce((sum, i) => sum + (matrix[start + i] ?? 0) * (light[i] ?? 0), 0),
      ),
    );
  return oklabFromLinear([row(0), row(3), row(6)]);
}

/** Without `Math.hypot`, which takes ten times as long for millions of pairs. */
const apart = (one: Color, other: Color): number =>
  Math.sqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2);

/** The smallest distance in OKLab between any two of the colours, without pairs of the first `given`. */
function leastDistance(colors: readonly Color[], matrix: readonly number[], given = 0): number {
  const lab = colors.map((color) => seen(color, matrix));
  let least = Infinity;
  lab.forEach((one, index) => {
    for (const other of lab.slice(Math.max(given, index + 1))) least = Math.min(least, apart(one, other));
  });
  return least;
}

function allColors(name: PaletteName): Color[] {
  const { classes, background, undecided } = makePalette(name, DIGIT_CLASSES);
  return [...classes, background, undecided];
}

test.each(Object.entries(DICHROMACIES))('the safe palette is told apart with %s', (_, matrix) => {
  expect(leastDistance(allColors('safe'), matrix)).toBeGreaterThan(0.125);
});

test('the seed palette is not distinguishable for everyone, so the check above can fail', () => {
  const distances = Object.values(DICHROMACIES).map((matrix) => leastDistance(allColors('seed'), matrix));
  expect(Math.min(...distances)).toBeLessThan(0.05);
});

test.each(['safe', 'contrast'] as const)('the %s palette is told apart in normal vision', (name) => {
  expect(leastDistance(allColors(name), NORMAL)).toBeGreaterThan(0.125);
});

/** Digits that people and cells confuse. */
const CONFUSED = [
  [3, 8],
  [3, 5],
  [4, 9],
  [7, 9],
  [1, 7],
  [5, 6],
  [0, 6],
  [2, 7],
  [5, 8],
  [8, 9],
  [0, 8],
  [2, 3],
];

test.each(CONFUSED)('%i and %i are far apart in the safe palette, whatever eyes see them', (...pair) => {
  const { classes } = makePalette('safe', DIGIT_CLASSES);
  const colors = pair.map((digit) => classes[digit]);
  for (const matrix of [NORMAL, ...Object.values(DICHROMACIES)]) {
    expect(leastDistance(colors, matrix)).toBeGreaterThan(0.21);
  }
});

const manyClasses = (count: number): ModelClass[] =>
  colorClasses(Array.from({ length: count }, (_, index) => String(index)));

describe.each(['safe', 'contrast'] as const)('the colours of the %s palette', (name) => {
  const { classes, background, undecided, alarm } = makePalette(name, manyClasses(48));

  it('have a contrast of 3 : 1 against their background, including those of further classes', () => {
    for (const color of [...classes, undecided, alarm]) {
      expect(contrastRatio(color, background), String(color)).toBeGreaterThanOrEqual(3);
    }
  });

  it('are distinct from undecided ink', () => {
    for (const color of classes) expect(contrastRatio(color, undecided), String(color)).toBeGreaterThan(1.45);
  });
});

test('the safe palette is on white and the contrast palette on black; its ten colours are not nearly black or white', () => {
  const safe = makePalette('safe', DIGIT_CLASSES);
  const contrast = makePalette('contrast', DIGIT_CLASSES);
  expect(safe.background).toEqual([255, 255, 255]);
  expect(contrast.background).toEqual([0, 0, 0]);
  for (const color of safe.classes) expect(contrastRatio(color, [0, 0, 0])).toBeGreaterThan(1.45);
  for (const color of contrast.classes) expect(contrastRatio(color, [255, 255, 255])).toBeGreaterThan(1.45);
});

test('every colour of the contrast palette has a contrast of 4.5 : 1 against its background', () => {
  const { classes, background, undecided } = makePalette('contrast', DIGIT_CLASSES);
  for (const color of [...classes, undecided]) expect(contrastRatio(color, background)).toBeGreaterThanOrEqual(4.5);
});

test('the seed palette has the colours of the model', () => {
  const { classes, background, undecided } = makePalette('seed', DIGIT_CLASSES);
  expect(classes).toEqual(DIGIT_CLASSES.map(({ color }) => color));
  expect(background).toEqual([255, 255, 255]);
  expect(undecided).toEqual([0, 0, 0]);
});

/** The least distances in normal vision, and with protanopia and deuteranopia. */
const REACHED = [
  { name: 'seed', count: 36, normal: 0.09, dichromatic: 0.05 },
  { name: 'seed', count: 48, normal: 0.08, dichromatic: 0.0395 },
  { name: 'safe', count: 36, normal: 0.085, dichromatic: 0.043 },
  { name: 'safe', count: 48, normal: 0.075, dichromatic: 0.038 },
  { name: 'contrast', count: 36, normal: 0.08, dichromatic: 0.04 },
  { name: 'contrast', count: 48, normal: 0.07, dichromatic: 0.034 },
] as const;

test.each(REACHED)('$count classes stay apart in the $name palette', ({ name, count, normal, dichromatic }) => {
  const { classes } = makePalette(name, manyClasses(count));
  expect(new Set(classes.map(String)).size).toBe(count);
  expect(leastDistance(classes, NORMAL)).toBeGreaterThan(normal);
  // Some of the digits' own colours are closer in the seed palette.
  const given = name === 'seed' ? DIGIT_CLASSES.length : 0;
  for (const matrix of [DICHROMACIES['protanopia'], DICHROMACIES['deuteranopia']]) {
    expect(leastDistance(classes, matrix, given)).toBeGreaterThan(dichromatic);
  }
});

/** The colour as it is seen in normal vision, where distances count half, and with protanopia and deuteranopia. */
function lookAt(color: Color): [Color, Color, Color] {
  const [lightness, a, b] = seen(color, NORMAL);
  return [
    [lightness / 2, a / 2, b / 2],
    seen(color, DICHROMACIES['protanopia']),
    seen(color, DICHROMACIES['deuteranopia']),
  ];
}

type Look = ReturnType<typeof lookAt>;

const lookApart = (one: Look, other: Look): number =>
  Math.min(apart(one[0], other[0]), apart(one[1], other[1]), apart(one[2], other[2]));

test.each([
  { name: 'safe', background: 3 },
  { name: 'contrast', background: 4.5 },
] as const)('each further colour of the $name palette is as far from the others as the grid allows', (wanted) => {
  const { classes, background, undecided } = makePalette(wanted.name, manyClasses(48));
  const steps = Array.from({ length: 52 }, (_, index) => 5 * index);
  const grid = steps
    .flatMap((red) => steps.flatMap((green) => steps.map((blue): Color => [red, green, blue])))
    .filter((color) => contrastRatio(color, background) >= wanted.background)
    .filter((color) => contrastRatio(color, undecided) >= 1.5)
    .map(lookAt);
  const distances = new Float64Array(grid.length).fill(Infinity);
  const before: Look[] = [];
  for (const color of [background, undecided, ...classes]) {
    const look = lookAt(color);
    if (before.length >= 12) {
      const furthest = distances.reduce((most, distance) => Math.max(most, distance));
      const own = Math.min(...before.map((other) => lookApart(look, other)));
      expect(own, String(color)).toBeCloseTo(furthest, 9);
    }
    grid.forEach((candidate, index) => (distances[index] = Math.min(distances[index], lookApart(candidate, look))));
    before.push(look);
  }
});

test('a hue shift nearly keeps the lightness, and a full turn changes nothing', () => {
  const plain = makePalette('safe', DIGIT_CLASSES);
  expect(makePalette('safe', DIGIT_CLASSES, 360)).toEqual(plain);
  const turned = makePalette('safe', DIGIT_CLASSES, 90);
  expect(turned.classes).not.toEqual(plain.classes);
  turned.classes.forEach((color, index) => {
    const other = plain.classes[index] ?? [0, 0, 0];
    expect(seen(color, NORMAL)[0]).toBeCloseTo(seen(other, NORMAL)[0], 1);
  });
});
