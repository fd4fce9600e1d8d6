/** Paints over the lines of ruled paper, and keeps the strokes that cross them intact. */
import type { GreyPicture } from './grey.ts';
import type { RuledLine } from './trace-lines.ts';

/** A picture, the mask of its ink, and the grey of its paper. */
export interface Sheet extends GreyPicture {
  readonly mask: Uint8Array;
  readonly paper: Uint8Array;
}

/**
 * A line, with a function that returns the index of a pixel from its positions along and across the line's direction.
 */
export interface DirectedLine {
  readonly line: RuledLine;
  /** The size of the picture across the direction, in pixels. */
  readonly across: number;
  readonly at: (along: number, across: number) => number;
}

/** Where a line is thicker than usual by more than this many pixels, a stroke crosses it. */
const STROKE_EXCESS = 1;
/** The same is true where it is darker by this factor. */
const STROKE_CONTRAST = 1.35;
/** The width of a line's soft edges, in pixels. */
const SOFT_EDGE = 1;
/**
 * If strokes are no further apart than this many thicknesses of the line plus this many pixels, one stroke continues
 * between them.
 */
const MENDED = { thicknesses: 2, pixels: 4 };

/** The part of a line that was erased at one position along it. It is empty if the two values are equal. */
interface Gap {
  readonly top: number;
  readonly bottom: number;
}

export function eraseLines(sheet: Sheet, lines: readonly DirectedLine[]): GreyPicture {
  const { width, height, paper } = sheet;
  const pixels = sheet.pixels.slice();
  const mask = sheet.mask.slice();
  const set = (index: number, isPaper: boolean): void => {
    pixels[index] = isPaper ? paper[index] : sheet.pixels[index];
    mask[index] = isPaper ? 0 : sheet.mask[index];
  };
  // Erases all lines before mending any. Where one line of a grid was kept because another crosses it, the other one is
  // erased as well.
  const erased = lines.map((line) => ({ line, gaps: eraseLine(sheet, line, mask, set) }));
  // Uses what is left of the strokes, without the parts that are already mended.
  for (const { line, gaps } of erased.map((own) => ({ ...own, gaps: gapsInStrokes(own.line, own.gaps, mask) }))) {
    for (const { along, top, bottom } of gaps) {
      for (let place = top; place < bottom; place += 1) set(line.at(along, place), false);
    }
  }
  return { width, height, pixels };
}

type SetPixel = (index: number, isPaper: boolean) => void;

function eraseLine(sheet: Sheet, { line, across, at }: DirectedLine, mask: Uint8Array, set: SetPixel): Gap[] {
  const contrasts = Array.from(line.rows, (row, index) => {
    const middle = clamp(row, across);
    let darkest = 0;
    for (let place = Math.max(0, middle - 1); place <= Math.min(across - 1, middle + 1); place += 1) {
      const pixel = at(line.start + index, place);
      darkest = Math.max(darkest, 1 - sheet.pixels[pixel] / Math.max(1, sheet.paper[pixel]));
    }
    return darkest;
  });
  const usual = [...contrasts].sort((one, other) => one - other)[contrasts.length >> 1];
  return contrasts.map((contrast, index): Gap => {
    const along = line.start + index;
    const middle = clamp(line.rows[index], across);
    let top = middle;
    let bottom = middle;
    while (top > 0 && mask[at(along, top - 1)] === 1) top -= 1;
    while (bottom < across && mask[at(along, bottom)] === 1) bottom += 1;
    const isStroke = bottom - top > line.thickness + STROKE_EXCESS || contrast > STROKE_CONTRAST * usual;
    if (isStroke) return { top: middle, bottom: middle };
    const gap = { top: Math.max(0, top - SOFT_EDGE), bottom: Math.min(across, bottom + SOFT_EDGE) };
    for (let place = gap.top; place < gap.bottom; place += 1) set(at(along, place), true);
    return gap;
  });
}

function clamp(row: number, across: number): number {
  return Math.min(across - 1, Math.max(0, Math.floor(row)));
}

/** Returns the parts of strokes that were erased: gaps with ink on both sides that are close together. */
function gapsInStrokes(
  { line, across, at }: DirectedLine,
  gaps: readonly Gap[],
  mask: Uint8Array,
): (Gap & { readonly along: number })[] {
  const most = MENDED.thicknesses * line.thickness + MENDED.pixels;
  const inStrokes: (Gap & { readonly along: number })[] = [];
  let last = -Infinity;
  gaps.forEach(({ top, bottom }, index) => {
    let isTouched = false;
    for (let place = Math.max(0, top - 1); place < Math.min(across, bottom + 1); place += 1) {
      if (mask[at(line.start + index, place)] === 1) isTouched = true;
    }
    if (!isTouched) return;
    if (index - last <= most) {
      for (let between = last; between <= index; between += 1) {
        inStrokes.push({ ...gaps[between], along: line.start + between });
      }
    }
    last = index;
  });
  return inStrokes;
}
