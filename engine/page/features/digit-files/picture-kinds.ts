/** The kinds of pictures that people open, each with random variations. For tests. */
import type { Random } from '../../../common/random/random.ts';
import { type Color, type MadeUpPicture, photograph, PLAIN, type SheetOptions } from './made-up-pictures.ts';

const INKS: readonly Color[] = [
  [20, 20, 60],
  [15, 15, 15],
  [30, 50, 150],
  [60, 60, 65],
  [150, 20, 30],
];
const PAPERS: readonly Color[] = [
  [255, 255, 255],
  [250, 250, 245],
  [240, 230, 200],
  [225, 225, 225],
];
const LINE_COLORS: readonly Color[] = [
  [110, 145, 205],
  [150, 150, 150],
  [200, 120, 120],
  [90, 110, 160],
  [70, 70, 80],
];

const pick = <Value>(random: Random, values: readonly Value[]): Value => values[random.below(values.length)];

/** A sheet of any size, pen and camera. */
function anySheet(random: Random): SheetOptions {
  const pitch = random.range(60, 150);
  const isPhoto = random.unit() < 0.6;
  return {
    ...PLAIN,
    columns: 3 + random.below(5),
    rows: 1 + random.below(4),
    pitch,
    size: random.range(0.5, 0.7),
    pen: Math.max(2, pitch * random.range(0.025, 0.07)),
    ink: pick(random, INKS),
    paper: pick(random, PAPERS),
    noise: isPhoto ? random.range(0, 6) : 0,
    blur: isPhoto ? random.below(3) : 0,
    compression: isPhoto && random.unit() < 0.5 ? random.range(2, 5) : 0,
  };
}

function unevenLight(random: Random): (x: number, y: number) => number {
  const [least, turn] = [random.range(0.35, 0.8), random.range(0, 2 * Math.PI)];
  return (x, y) => 1 - (1 - least) * (0.5 + (Math.cos(turn) * (x - 0.5) + Math.sin(turn) * (y - 0.5)) * 0.7);
}

/** The shadow of a hand or a phone: dark on one side of a slanted line. */
function shadow(random: Random, softness: number): (x: number, y: number) => number {
  const [depth, turn, place] = [random.range(0.3, 0.7), random.range(0, 2 * Math.PI), random.range(-0.25, 0.25)];
  return (x, y) => {
    const distance = Math.cos(turn) * (x - 0.5) + Math.sin(turn) * (y - 0.5) - place;
    return 1 - depth * Math.min(1, Math.max(0, 0.5 + distance / softness));
  };
}

function ruled(random: Random, kind: 'lines' | 'squares' | 'dots'): SheetOptions {
  const sheet = anySheet(random);
  const spacing = sheet.pitch * (kind === 'lines' ? random.range(0.3, 1) : random.range(0.12, 0.4));
  const widest = kind === 'dots' ? 1.1 : 0.7;
  const width = Math.max(1, Math.min(sheet.pen * random.range(0.2, widest), spacing / 4, 6));
  return { ...sheet, ruling: { kind, spacing, width, color: pick(random, LINE_COLORS) } };
}

function onDesk(random: Random, sheet: SheetOptions): SheetOptions {
  const dark = random.range(20, 110);
  return {
    ...sheet,
    margin: sheet.pitch * random.range(0.3, 2),
    desk: [dark, dark * random.range(0.6, 1), dark * random.range(0.4, 1)],
    grain: random.unit() < 0.5 ? random.range(0, 0.15) : 0,
    turn: random.normal(0.05),
    perspective: random.range(0, 0.15),
  };
}

const SHEETS: Readonly<Record<string, (random: Random) => SheetOptions>> = {
  plain: anySheet,
  'uneven light': (random) => ({ ...anySheet(random), light: unevenLight(random) }),
  'hard shadow': (random) => ({ ...anySheet(random), light: shadow(random, 0.002) }),
  'soft shadow': (random) => ({ ...anySheet(random), light: shadow(random, random.range(0.02, 0.3)) }),
  lined: (random) => ruled(random, 'lines'),
  squared: (random) => ruled(random, 'squares'),
  dotted: (random) => ruled(random, 'dots'),
  'on a desk': (random) => onDesk(random, anySheet(random)),
  'lined, on a desk': (random) => onDesk(random, ruled(random, 'lines')),
  'squared, on a desk, in a shadow': (random) => ({
    ...onDesk(random, ruled(random, 'squares')),
    light: shadow(random, random.range(0.002, 0.2)),
  }),
  'thick pen': (random) => {
    const sheet = anySheet(random);
    return { ...sheet, pen: sheet.pitch * sheet.size * random.range(0.12, 0.2) };
  },
  'large, with a fine pen': (random) => {
    const pitch = random.range(250, 350);
    return { ...anySheet(random), columns: 3, rows: 2, pitch, pen: random.range(3, 6) };
  },
  'small digits': (random) => {
    const pitch = random.range(34, 50);
    return { ...anySheet(random), columns: 12, rows: 8, pitch, pen: random.range(2, 3), blur: 0, compression: 0 };
  },
  blackboard: (random) => ({
    ...anySheet(random),
    ink: [225, 225, 220],
    paper: [random.range(20, 60), random.range(30, 90), random.range(30, 70)],
    light: unevenLight(random),
  }),
  'squared blackboard': (random) => {
    const sheet = ruled(random, 'squares');
    const grey = random.range(90, 140);
    const ruling = sheet.ruling && { ...sheet.ruling, color: [grey, grey, grey] as const };
    return { ...sheet, ink: [230, 230, 225], paper: [40, 60, 50], ruling };
  },
  pencil: (random) => {
    const grey = random.range(110, 150);
    return { ...anySheet(random), ink: [grey, grey, grey], paper: [250, 250, 248], noise: random.range(0, 4) };
  },
  'one row': (random) => ({ ...anySheet(random), columns: 30, rows: 1, pitch: 130 }),
  'one column': (random) => ({ ...anySheet(random), columns: 1, rows: 20, pitch: 130 }),
};

function cropped(random: Random): MadeUpPicture {
  const pen = random.range(4, 30);
  const sheet = { ...anySheet(random), columns: 1, rows: 1, pitch: random.range(140, 260), size: 0.7, pen };
  const { rgba, width, digits } = photograph(random, sheet);
  const [{ label, box }] = digits;
  const [left, top] = [Math.max(0, Math.floor(box.left)), Math.max(0, Math.floor(box.top))];
  const crop = { width: Math.ceil(box.right) - left, height: Math.ceil(box.bottom) - top };
  const bytes = new Uint8Array(4 * crop.width * crop.height);
  for (let y = 0; y < crop.height; y += 1) {
    const start = 4 * ((y + top) * width + left);
    bytes.set(rgba.subarray(start, start + 4 * crop.width), 4 * y * crop.width);
  }
  return {
    ...crop,
    rgba: bytes,
    digits: [{ label, box: { left: 0, top: 0, right: crop.width, bottom: crop.height } }],
  };
}

/** Only the ink, with partly transparent edges, as drawing programs export it. */
function transparent(random: Random): MadeUpPicture {
  const color = pick<Color>(random, [
    [255, 255, 255],
    [0, 0, 0],
    [250, 220, 60],
    [30, 60, 200],
    [128, 128, 128],
  ]);
  const sheet = { ...anySheet(random), noise: 0, blur: 0, compression: 0, ink: [0, 0, 0] as const, paper: PAPERS[0] };
  const picture = photograph(random, sheet);
  const rgba = picture.rgba.map((_, index) => (index % 4 === 3 ? 255 - picture.rgba[index - 1] : color[index % 4]));
  return { ...picture, rgba };
}

/** Draws a picture of each kind. */
export const PICTURE_KINDS: Readonly<Record<string, (random: Random) => MadeUpPicture>> = {
  ...Object.fromEntries(
    Object.entries(SHEETS).map(([name, sheet]) => [name, (random: Random) => photograph(random, sheet(random))]),
  ),
  'cropped to its ink': cropped,
  transparent,
};
