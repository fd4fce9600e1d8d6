/**
 * Films of few flat colours as H.264 (ITU-T H.264, constrained baseline). Every
 * cell is one macroblock of 16 × 16 pixels in one colour, predicted from the
 * one to its left or above, so that all that has to be coded is a difference of
 * three numbers, or nothing where nothing changed. Exact in luma and chroma.
 */
import type { Color, Sheet } from './paint.ts';

/** Pixels a cell. */
export const MACROBLOCK = 16;

const NAL_REFERENCE = 3 << 5;
const NAL_SLICE = 1;
const NAL_KEY_SLICE = 5;
const NAL_SEQUENCE = 7;
const NAL_PICTURE = 8;

/** Constrained baseline, level 4: up to 8,192 macroblocks a frame. */
export const PROFILE = [0x42, 0xc0, 40] as const;
const MOST_MACROBLOCKS = 8192;

/** At this quantiser a coded level is a difference of exactly one; chroma needs six less. */
const QUANTISER = 28;
const CHROMA_OFFSET = -6;

/** Bits, highest first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  bits(value: number, length: number): this {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      this.#held = (this.#held << 1) | ((value >>> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) {
        this.#bytes.push(this.#held);
        this.#held = 0;
        this.#count = 0;
      }
    }
    return this;
  }

  /** Exponential Golomb code of a number from 0 (clause 9.1). */
  unsigned(value: number): this {
    const length = 32 - Math.clz32(value + 1);
    return this.bits(0, length - 1).bits(value + 1, length);
  }

  signed(value: number): this {
    return this.unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** A NAL unit of the bits so far, closed, with no start code inside (clause 7.3.1). */
  unit(kind: number): Uint8Array {
    this.bits(1, 1);
    while (this.#count > 0) this.bits(0, 1);
    const unit = [NAL_REFERENCE | kind];
    let zeros = 0;
    for (const byte of this.#bytes) {
      if (zeros >= 2 && byte <= 3) {
        unit.push(3);
        zeros = 0;
      }
      unit.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
    return Uint8Array.from(unit);
  }
}

function sequenceParameters(columns: number, rows: number): Uint8Array {
  const writer = new BitWriter();
  for (const byte of PROFILE) writer.bits(byte, 8);
  // Its number, frame numbers of 4 bits, pictures shown in order, one reference, no gaps; the size; whole frames only.
  writer.unsigned(0).unsigned(0).unsigned(2).unsigned(1).bits(0, 1);
  writer
    .unsigned(columns - 1)
    .unsigned(rows - 1)
    .bits(0b110, 3);
  // Colours: no aspect ratio, no overscan; BT.709 in the usual range; nothing else.
  writer.bits(1, 1).bits(0b00, 2).bits(1, 1).bits(5, 3).bits(0, 1).bits(1, 1).bits(1, 8).bits(1, 8).bits(1, 8);
  return writer.bits(0, 6).unit(NAL_SEQUENCE);
}

function pictureParameters(): Uint8Array {
  const writer = new BitWriter();
  writer.unsigned(0).unsigned(0).bits(0b00, 2).unsigned(0).unsigned(0).unsigned(0).bits(0, 3);
  writer
    .signed(QUANTISER - 26)
    .signed(0)
    .signed(CHROMA_OFFSET);
  // The slices say that nothing is smoothed.
  return writer.bits(0b100, 3).unit(NAL_PICTURE);
}

/** A block whose only level is its first (clause 9.2); `codes` are those for none, one, and a larger one. */
function writeLevel(
  writer: BitWriter,
  level: number,
  codes: readonly (readonly [value: number, length: number])[],
): void {
  const size = Math.abs(level);
  writer.bits(...codes[Math.min(2, size)]);
  if (size === 0) return;
  if (size === 1) {
    writer.bits(level < 0 ? 1 : 0, 1);
  } else {
    const code = 2 * size - 4 + (level < 0 ? 1 : 0);
    if (code < 14) writer.bits(1, code + 1);
    else if (code < 30) writer.bits(1, 15).bits(code - 14, 4);
    else writer.bits(1, 16).bits(code - 30, 12);
  }
  // No zeros before it.
  writer.bits(1, 1);
}

const LUMA_CODES = [[1, 1], [1, 2], [0b000101, 6]] as const; // prettier-ignore
const CHROMA_CODES = [[1, 2], [1, 1], [0b000111, 6]] as const; // prettier-ignore

type Triple = readonly [number, number, number];

/** BT.709 in the range that video uses, as whole numbers. */
function toVideo([red, green, blue]: Color): Triple {
  const luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  return [
    Math.round(16 + 219 * luma),
    Math.round(128 + (224 * (blue / 255 - luma)) / 1.8556),
    Math.round(128 + (224 * (red / 255 - luma)) / 1.5748),
  ];
}

function writeMacroblock(
  writer: BitWriter,
  cells: Uint8Array,
  cell: number,
  columns: number,
  colors: readonly Triple[],
  key: boolean,
): void {
  const left = cell % columns > 0;
  const above = cell >= columns;
  const grey: Triple = [128, 128, 128];
  const predicted = left ? colors[cells[cell - 1]] : above ? colors[cells[cell - columns]] : grey;
  const [luma, blue, red] = colors[cells[cell]].map((value, plane) => value - predicted[plane]);
  const chroma = blue !== 0 || red !== 0;
  // Intra 16 × 16, predicted from the left, from above, or from nothing; chroma names these in another order.
  const type = 1 + (left ? 1 : above ? 0 : 2) + (chroma ? 4 : 0);
  writer
    .unsigned(key ? type : type + 5)
    .unsigned(left ? 1 : above ? 2 : 0)
    .signed(0);
  writeLevel(writer, luma, LUMA_CODES);
  if (!chroma) return;
  writeLevel(writer, blue, CHROMA_CODES);
  writeLevel(writer, red, CHROMA_CODES);
}

function encodeFrame(
  { width, cells }: Sheet,
  before: Sheet | null,
  number: number,
  colors: readonly Triple[],
): Uint8Array {
  const key = before === null;
  const writer = new BitWriter();
  writer
    .unsigned(0)
    .unsigned(key ? 7 : 5)
    .unsigned(0)
    .bits(number % 16, 4);
  // A key frame's number and marking; else: the usual one reference, in the usual order, kept in the usual way.
  if (key) writer.unsigned(0).bits(0, 2);
  else writer.bits(0, 3);
  writer.signed(0).unsigned(1);
  let skipped = 0;
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (before?.cells[cell] === cells[cell]) {
      skipped += 1;
      continue;
    }
    if (!key) writer.unsigned(skipped);
    skipped = 0;
    writeMacroblock(writer, cells, cell, width, colors, key);
  }
  if (skipped > 0) writer.unsigned(skipped);
  return writer.unit(key ? NAL_KEY_SLICE : NAL_SLICE);
}

/** A film as its parameter sets and one unit a frame; the first is a key frame. */
export interface H264Film {
  readonly sequence: Uint8Array;
  readonly picture: Uint8Array;
  readonly frames: readonly Uint8Array[];
}

/**
 * Encodes frames of one size, at most 8,192 cells.
 * @throws RangeError for larger ones
 */
export function encodeH264(frames: readonly Sheet[], palette: readonly Color[]): H264Film {
  const [{ width, height }] = frames;
  if (width * height > MOST_MACROBLOCKS) throw new RangeError(`A film of ${width} × ${height} cells is too large.`);
  const colors = palette.map(toVideo);
  return {
    sequence: sequenceParameters(width, height),
    picture: pictureParameters(),
    frames: frames.map((frame, index) => encodeFrame(frame, frames[index - 1] ?? null, index, colors)),
  };
}
