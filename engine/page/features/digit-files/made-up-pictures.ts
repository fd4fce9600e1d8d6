/** Synthetic pictures of handwriting for tests: sheets as people photograph, scan and export them. */
import { rasterizeStrokes } from '../../../common/handwriting/rasterize.ts';
import { boundsOf, mapStrokes, placeStrokes, type Stroke } from '../../../common/handwriting/stroke.ts';
import { randomHand, writeDigit } from '../../../common/handwriting/write-digit.ts';
import type { Random } from '../../../common/random/random.ts';
import type { Box } from './pieces.ts';

export type Color = readonly [red: number, green: number, blue: number];

/** A picture with 4 bytes per pixel, and its digits in reading order. */
export interface MadeUpPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
  readonly digits: readonly { readonly label: number; readonly box: Box }[];
}

export interface SheetOptions {
  readonly columns: number;
  readonly rows: number;
  /** The distance from one digit to the next, in pixels. */
  readonly pitch: number;
  /** The height of a digit, as a share of the pitch. */
  readonly size: number;
  /** The width of the pen, in pixels. */
  readonly pen: number;
  readonly ink: Color;
  readonly paper: Color;
  /** The part of the photo around the sheet, in pixels; 0 for a sheet that fills the picture. */
  readonly margin: number;
  readonly desk: Color;
  /** How much the desk's brightness varies. */
  readonly grain: number;
  /** The rotation of the sheet, in radians. */
  readonly turn: number;
  /** The share by which the sheet's far side is narrower. */
  readonly perspective: number;
  readonly ruling: Ruling | null;
  /** The brightness at a point of the picture, with both coordinates in 0…1. */
  readonly light: (x: number, y: number) => number;
  readonly noise: number;
  /** The number of passes of a blur over three pixels. */
  readonly blur: number;
  /** The step of a JPEG's quantisation, 0 for none. */
  readonly compression: number;
}

export interface Ruling {
  readonly kind: 'lines' | 'squares' | 'dots';
  readonly spacing: number;
  readonly width: number;
  readonly color: Color;
}

export const PLAIN: SheetOptions = {
  columns: 5,
  rows: 2,
  pitch: 100,
  size: 0.65,
  pen: 5,
  ink: [20, 20, 60],
  paper: [255, 255, 255],
  margin: 0,
  desk: [60, 44, 30],
  grain: 0,
  turn: 0,
  perspective: 0,
  ruling: null,
  light: () => 1,
  noise: 0,
  blur: 0,
  compression: 0,
};

/** Draws a sheet of digits 0, 1, 2 … as a camera sees it. */
export function photograph(random: Random, options: SheetOptions): MadeUpPicture {
  const { columns, rows, pitch, pen, margin } = options;
  const [sheetWidth, sheetHeight] = [columns * pitch, rows * pitch];
  const [width, height] = [Math.round(sheetWidth + 2 * margin), Math.round(sheetHeight + 2 * margin)];
  const seen = (point: { x: number; y: number }) => {
    const [x, y] = [point.x - sheetWidth / 2, point.y - sheetHeight / 2];
    const depth = 1 + options.perspective * (0.5 - point.y / sheetHeight);
    const [along, down] = [x / depth, y / depth];
    return {
      x: width / 2 + Math.cos(options.turn) * along - Math.sin(options.turn) * down,
      y: height / 2 + Math.sin(options.turn) * along + Math.cos(options.turn) * down,
    };
  };
  const hand = randomHand(random);
  const digits: { label: number; box: Box }[] = [];
  const strokes = Array.from({ length: columns * rows }, (_, index) => {
    const label = index % 10;
    const place = {
      x: ((index % columns) + 0.5 + random.range(-0.06, 0.06)) * pitch,
      y: (Math.floor(index / columns) + 0.5 + random.range(-0.06, 0.06)) * pitch,
      size: options.size * pitch * random.range(0.9, 1.08),
    };
    const written = mapStrokes(placeStrokes(writeDigit(random, label, hand), place), seen);
    digits.push({ label, box: boxOf(written, pen / 2) });
    return written;
  }).flat();

  const colors = paintGround(random, options, { width, height, seen });
  cover(colors, rasterizeStrokes(strokes, { width, height, radius: pen / 2 + 0.25 }), options.ink);
  const rgba = expose(random, colors, options, width, height);
  return { width, height, rgba, digits };
}

function boxOf(strokes: readonly Stroke[], radius: number): Box {
  const { left, top, right, bottom } = boundsOf(strokes);
  return { left: left - radius, top: top - radius, right: right + radius, bottom: bottom + radius };
}

interface View {
  readonly width: number;
  readonly height: number;
  readonly seen: (point: { x: number; y: number }) => { x: number; y: number };
}

/** Paints the desk, the sheet and the ruling. */
function paintGround(random: Random, options: SheetOptions, { width, height, seen }: View): Float32Array {
  const colors = new Float32Array(3 * width * height);
  const [sheetWidth, sheetHeight] = [options.columns * options.pitch, options.rows * options.pitch];
  const corners = [
    seen({ x: 0, y: 0 }),
    seen({ x: sheetWidth, y: 0 }),
    seen({ x: sheetWidth, y: sheetHeight }),
    seen({ x: 0, y: sheetHeight }),
  ];
  const wave = random.range(0.1, 0.4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isSheet = options.margin === 0 || isInside(corners, x + 0.5, y + 0.5);
      const grain = options.grain * (Math.sin(wave * y + 3 * Math.sin(x / 70)) + random.normal(0.3));
      const color = isSheet ? options.paper : options.desk.map((value) => value * (1 + grain));
      for (let channel = 0; channel < 3; channel += 1) colors[3 * (y * width + x) + channel] = color[channel];
    }
  }
  if (options.ruling) rule(colors, options, options.ruling, { width, height, seen });
  return colors;
}

function isInside(corners: readonly { x: number; y: number }[], x: number, y: number): boolean {
  return corners.every((from, index) => {
    const to = corners[(index + 1) % corners.length];
    return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0;
  });
}

function rule(colors: Float32Array, { columns, rows, pitch }: SheetOptions, ruling: Ruling, view: View): void {
  const [sheetWidth, sheetHeight] = [columns * pitch, rows * pitch];
  const { spacing, kind } = ruling;
  const strokes: Stroke[] = [];
  const draw = (...points: readonly { x: number; y: number }[]): void => {
    strokes.push(points.map((point) => ({ ...view.seen(point), pressure: 1 })));
  };
  for (let y = spacing / 2; y < sheetHeight; y += spacing) {
    if (kind === 'dots') for (let x = spacing / 2; x < sheetWidth; x += spacing) draw({ x, y });
    else draw({ x: 0, y }, { x: sheetWidth, y });
  }
  if (kind === 'squares') {
    for (let x = spacing / 2; x < sheetWidth; x += spacing) draw({ x, y: 0 }, { x, y: sheetHeight });
  }
  cover(colors, rasterizeStrokes(strokes, { ...view, radius: ruling.width / 2 }), ruling.color);
}

/** @param amounts one byte per pixel */
function cover(colors: Float32Array, amounts: Uint8Array, color: Color): void {
  amounts.forEach((amount, index) => {
    for (let channel = 0; channel < 3; channel += 1) {
      const at = 3 * index + channel;
      colors[at] += ((color[channel] - colors[at]) * amount) / 255;
    }
  });
}

/** Applies the light, lens, sensor and file format. */
function expose(
  random: Random,
  colors: Float32Array,
  { light, blur, noise, compression }: SheetOptions,
  width: number,
  height: number,
): Uint8Array {
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let channel = 0; channel < 3; channel += 1) {
    let plane = new Float32Array(width * height);
    for (let index = 0; index < plane.length; index += 1) {
      const brightness = light((index % width) / width, Math.floor(index / width) / height);
      plane[index] = colors[3 * index + channel] * brightness;
    }
    for (let pass = 0; pass < blur; pass += 1) plane = blurred(plane, width, height);
    if (noise > 0) plane = plane.map((value) => value + random.normal(noise));
    if (compression > 0) compress(plane, width, height, compression);
    plane.forEach((value, index) => {
      rgba[4 * index + channel] = Math.min(255, Math.max(0, Math.round(value)));
    });
  }
  return rgba;
}

function blurred(plane: Float32Array, width: number, height: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(plane, (value, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const left = x > 0 ? plane[index - 1] : value;
    const right = x < width - 1 ? plane[index + 1] : value;
    const above = y > 0 ? plane[index - width] : value;
    const below = y < height - 1 ? plane[index + width] : value;
    return (4 * value + left + right + above + below) / 8;
  });
}

const COSINES = Array.from({ length: 64 }, (_, index) => {
  const [frequency, place] = [index >> 3, index & 7];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/** Loses what a JPEG loses: quantises the cosines of each 8 × 8 block, more coarsely for higher frequencies. */
function compress(plane: Float32Array, width: number, height: number, step: number): void {
  const block = new Float32Array(64);
  const half = new Float32Array(64);
  const turn = (from: Float32Array, to: Float32Array, isForth: boolean): void => {
    for (let one = 0; one < 8; one += 1) {
      for (let other = 0; other < 8; other += 1) {
        let sum = 0;
        for (let at = 0; at < 8; at += 1) sum += COSINES[isForth ? 8 * one + at : 8 * at + one] * from[8 * other + at];
        to[8 * one + other] = sum;
      }
    }
  };
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let at = 0; at < 64; at += 1) block[at] = plane[(top + (at >> 3)) * width + left + (at & 7)];
      turn(block, half, true);
      turn(half, block, true);
      for (let at = 0; at < 64; at += 1) {
        const size = step * (1 + (at >> 3) + (at & 7));
        block[at] = Math.round(block[at] / size) * size;
      }
      turn(block, half, false);
      turn(half, block, false);
      for (let at = 0; at < 64; at += 1) plane[(top + (at >> 3)) * width + left + (at & 7)] = block[at];
    }
  }
}
