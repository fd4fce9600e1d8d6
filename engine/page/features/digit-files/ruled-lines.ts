/** Finds the lines and squares of ruled paper and removes them from a picture. */
import { eraseLines, type Sheet } from './erase-lines.ts';
import { type GreyPicture, negative } from './grey.ts';
import type { InkMap } from './ink-map.ts';
import { type RuledLine, traceLines } from './trace-lines.ts';

/** A line of the paper spans at least this share of the picture. */
const LONG_SHARE = 0.4;
/** It is also at least this many times as long as it is thick, which a 1 is not. */
const LONG_ASPECT = 40;
/** A line that goes from edge to edge of the paper may be shorter. */
const WHOLE_ASPECT = 20;
/** The edge of the picture or of the sheet may be this far beyond the ends of such a line, in pixels. */
const BORDER_REACH = 3;
const EDGE_REACH = 8;
/** The difference in brightness at an edge of the sheet. */
const EDGE_STEP = 0.2;
/** Pieces of lines, interrupted by what lies on the paper, span at least this share. */
const PIECE_SHARE = 0.1;
/** Their direction differs from that of the next line by at most this slope. */
const SLOPE_DIFFERENCE = 0.04;
/**
 * Returns the picture with paper in place of its lines, or the same picture if it has no lines.
 * @param dark the picture's ink
 * @param light the ink of its negative, because a blackboard has light lines
 */
export function withoutRuledLines(picture: GreyPicture, dark: InkMap, light: InkMap): GreyPicture {
  const darkLines = findAllLines(picture, dark);
  const lightLines = findAllLines(negative(picture), light);
  if (slendernessOf(darkLines) + slendernessOf(lightLines) === 0) return picture;
  // The paper between the lines of a narrow grid looks like lines too, but thicker ones.
  if (slendernessOf(darkLines) >= slendernessOf(lightLines)) return erase(darkLines);
  return negative(erase(lightLines));
}

interface RuledSheet {
  readonly sheet: Sheet;
  readonly level: readonly RuledLine[];
  readonly upright: readonly RuledLine[];
}

function findAllLines(picture: GreyPicture, { faintMask, paper }: InkMap): RuledSheet {
  const sheet = { ...picture, mask: faintMask, paper };
  return { sheet, level: findLines(sheet), upright: findLines(transpose(sheet)) };
}

/** Returns the sum over all lines of length divided by thickness. */
function slendernessOf({ level, upright }: RuledSheet): number {
  return [...level, ...upright].reduce((sum, { rows, thickness }) => sum + rows.length / thickness, 0);
}

function erase({ sheet, level, upright }: RuledSheet): GreyPicture {
  const { width, height } = sheet;
  return eraseLines(sheet, [
    ...level.map((line) => ({ line, across: height, at: (x: number, y: number) => y * width + x })),
    ...upright.map((line) => ({ line, across: width, at: (y: number, x: number) => y * width + x })),
  ]);
}

function transpose({ width, height, pixels, mask, paper }: Sheet): Sheet {
  const turn = (values: Uint8Array): Uint8Array => {
    const result = new Uint8Array(values.length);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) result[x * height + y] = values[y * width + x];
    }
    return result;
  };
  return { width: height, height: width, pixels: turn(pixels), mask: turn(mask), paper: turn(paper) };
}

const slopeOf = ({ rows }: RuledLine): number => (rows[rows.length - 1] - rows[0]) / rows.length;
const middleOf = ({ rows }: RuledLine): number => rows[rows.length >> 1];

/** Returns the horizontal lines that belong to the paper: long ones, and pieces that run in the same direction. */
function findLines({ width, height, mask, paper }: Sheet): RuledLine[] {
  const traces = traceLines(mask, width, height);
  const whole = traces.filter((line) => line.rows.length >= WHOLE_ASPECT * line.thickness && isWhole(line));
  const long = traces.filter(
    ({ rows, thickness }) => rows.length >= LONG_SHARE * width && rows.length >= LONG_ASPECT * thickness,
  );
  const sure = long.length < 3 ? whole : [...new Set([...whole, ...long])];
  if (sure.length === 0) return [];
  const thickness = Math.max(...sure.map((line) => line.thickness));
  return traces.filter((line) => {
    if (sure.includes(line)) return true;
    if (line.rows.length < PIECE_SHARE * width || line.thickness > thickness) return false;
    const distance = (other: RuledLine): number => Math.abs(middleOf(other) - middleOf(line));
    const next = sure.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    return Math.abs(slopeOf(next) - slopeOf(line)) < SLOPE_DIFFERENCE;
  });

  /** Whether a line ends at an edge of the sheet or the picture on both sides. */
  function isWhole({ start, rows }: RuledLine): boolean {
    const last = rows.length - 1;
    const inner = Math.min(EDGE_REACH, last >> 1);
    return (
      isEdge([start + inner, rows[inner]], [start - EDGE_REACH, rows[0]]) &&
      isEdge([start + last - inner, rows[last - inner]], [start + last + EDGE_REACH, rows[last]])
    );
  }

  function isEdge(inside: readonly [number, number], outside: readonly [number, number]): boolean {
    const end = outside[0] < inside[0] ? outside[0] + EDGE_REACH : width - 1 - outside[0] + EDGE_REACH;
    if (end <= BORDER_REACH) return true;
    if (outside[0] < 0 || outside[0] >= width) return false;
    const greyAt = ([x, y]: readonly [number, number]): number =>
      paper[Math.min(height - 1, Math.max(0, Math.floor(y))) * width + x];
    return Math.abs(greyAt(outside) - greyAt(inside)) > EDGE_STEP * greyAt(inside);
  }
}
