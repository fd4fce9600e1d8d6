/** Files of pen strokes for tests, written by the project's own hand. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { boundsOf, type Stroke } from '../../engine/common/handwriting/stroke.ts';
import { writeDigit } from '../../engine/common/handwriting/write-digit.ts';
import { Random } from '../../engine/common/random/random.ts';
import { drawShape } from '../../engine/learning/strokes/shapes.ts';

/** A glyph as a file has it. */
export interface FileGlyph {
  readonly writer: string;
  readonly label: string;
  readonly strokes: readonly (readonly number[])[];
}

function glyphOf(writer: string, label: string, strokes: readonly Stroke[]): FileGlyph {
  const { left, top, bottom } = boundsOf(strokes);
  const unit = 1000 / (bottom - top);
  return {
    writer,
    label,
    strokes: strokes.map((stroke) =>
      stroke.flatMap(({ x, y }) => [Math.round((x - left) * unit), Math.round((y - top) * unit)]),
    ),
  };
}

/** Each digit once from each of two writers. */
export function madeUpDigits(seed: number): FileGlyph[] {
  const random = new Random(seed);
  return ['anna', 'bert'].flatMap((writer) =>
    Array.from({ length: 10 }, (_, digit) => glyphOf(writer, String(digit), writeDigit(random, digit))),
  );
}

/** Hearts, which are no digits. */
export function madeUpHearts(count: number): FileGlyph[] {
  const random = new Random(7);
  return Array.from({ length: count }, () => glyphOf('anna', 'heart', drawShape(random, 'heart')));
}

/** A folder with files of digits and hearts to train on, gzipped, and to measure with. */
export function writeStrokeFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, glyphs: readonly FileGlyph[]): void =>
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(JSON.stringify(glyphs)) : JSON.stringify(glyphs));
  write('digits-train.json.gz', madeUpDigits(1));
  write('hearts-train.json.gz', madeUpHearts(3));
  write('digits-validation.json', madeUpDigits(2));
  write('hearts-validation.json.gz', madeUpHearts(2));
}
