/**
 * Pen strokes of real people from files: JSON arrays, gzip or not, of
 * `{"writer", "label", "strokes": [[x0, y0, x1, y1, …], …]}`, one array a
 * pen-down stroke, in thousandths of the glyph's height, y down.
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { messageOf } from '../../engine/common/error-message.ts';
import { userPath } from '../../engine/command-line/command.ts';
import { readInputFile } from '../../engine/command-line/files.ts';
import type { Stroke } from '../../engine/common/handwriting/stroke.ts';
import { DataError, unpack } from '../digits/idx.ts';

/** One sign as somebody wrote it. */
export interface Glyph {
  readonly writer: string;
  readonly label: string;
  /** In units of its height (of its larger side for symbols), the box's top left at 0, 0. */
  readonly strokes: readonly Stroke[];
}

/** Glyphs under a name, such as that of their file. */
export interface GlyphSet {
  readonly name: string;
  readonly glyphs: readonly Glyph[];
}

/** A file's glyphs; its name is without the folder. */
export interface GlyphFile extends GlyphSet {
  /** SHA-256 of the file as it is, as hex. */
  readonly digest: string;
}

const UNITS = 1000;
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e5), v.maxValue(1e5));
const path = v.pipe(
  v.array(coordinate),
  v.check(({ length }) => length >= 2 && length % 2 === 0, 'must be x and y in turn, of one point at least'),
);
const glyph = v.object({
  writer: v.optional(v.string(), ''),
  label: v.string(),
  strokes: v.pipe(v.array(path), v.minLength(1, 'must hold one stroke at least')),
});

function strokeOf(numbers: readonly number[]): Stroke {
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    x: numbers[2 * index] / UNITS,
    y: numbers[2 * index + 1] / UNITS,
    pressure: 1,
  }));
}

/**
 * Reads one file.
 * @throws DataError that names the file and what is wrong with it; UserError if it cannot be read
 */
export function readGlyphs(file: string): GlyphFile {
  const bytes = readInputFile(file);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(unpack(bytes, file)));
  } catch (fault) {
    if (fault instanceof DataError) throw fault;
    throw new DataError(`${file} is not JSON: ${messageOf(fault)}.`);
  }
  const result = v.safeParse(v.array(glyph), json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new DataError(`${file}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}.`);
  }
  if (result.output.length === 0) throw new DataError(`${file} holds no strokes.`);
  return {
    name: basename(file),
    digest: createHash('sha256').update(bytes).digest('hex'),
    glyphs: result.output.map(({ writer, label, strokes }) => ({ writer, label, strokes: strokes.map(strokeOf) })),
  };
}

/**
 * The stroke files of a folder whose names contain `part`, in the order of their names; a file is taken as it is.
 * @throws DataError if there are none
 */
export function findGlyphFiles(given: string, part: string): string[] {
  const place = userPath(given);
  const entry = statSync(place, { throwIfNoEntry: false });
  if (!entry) throw new DataError(`There is no file or folder "${place}".`);
  if (!entry.isDirectory()) return [place];
  const names = readdirSync(place)
    .filter((name) => name.includes(part) && /\.json(\.gz)?$/.test(name))
    .sort();
  if (names.length === 0) throw new DataError(`The folder "${place}" has no *${part}*.json or *${part}*.json.gz.`);
  return names.map((name) => join(place, name));
}
