/** Names the forms of digits that models find hard, as far as the path of the pen tells. */
import { boundsOf, type PenPoint, type Stroke } from '../../engine/common/handwriting/stroke.ts';

/** Forms that few people write. Training draws them more often than people do. */
export const RARE_FORM_NAMES = [
  'slashed 0',
  '1 with a foot',
  '1 with a flag',
  '4 in one stroke',
  '9 with a curled tail',
  'crossed 7',
] as const;
export type RareFormName = (typeof RARE_FORM_NAMES)[number];

/** All forms that are named, the common ones too. */
export const FORM_NAMES = [...RARE_FORM_NAMES, '2 without a loop', 'wide 6'] as const;
export type FormName = (typeof FORM_NAMES)[number];

/** Lengths below are in units of the digit's height. */
interface Chord {
  readonly width: number;
  readonly height: number;
  /** The length of the path divided by the distance between its ends; 1 for a straight line. */
  readonly detour: number;
}

function chordOf(stroke: Stroke): Chord {
  const [first, last] = [stroke[0], stroke[stroke.length - 1]];
  let length = 0;
  for (let index = 1; index < stroke.length; index += 1) {
    length += Math.hypot(stroke[index].x - stroke[index - 1].x, stroke[index].y - stroke[index - 1].y);
  }
  const distance = Math.hypot(last.x - first.x, last.y - first.y);
  return {
    width: Math.abs(last.x - first.x),
    height: Math.abs(last.y - first.y),
    detour: length / Math.max(distance, 1e-9),
  };
}

const STRAIGHT = 1.25;

function isSlash(stroke: Stroke): boolean {
  const { width, height, detour } = chordOf(stroke);
  const [first, last] = [stroke[0], stroke[stroke.length - 1]];
  const rises = (last.x - first.x) * (last.y - first.y) < 0;
  return detour < STRAIGHT && Math.hypot(width, height) > 0.35 && rises;
}

function isLevel(stroke: Stroke): boolean {
  const { width, height, detour } = chordOf(stroke);
  return detour < STRAIGHT && width > 0.2 && height < 0.6 * width;
}

function middleOf(strokes: readonly Stroke[]): number {
  const { top, bottom } = boundsOf(strokes);
  return (top + bottom) / 2;
}

/** Whether the pen first goes up to the right, by a tenth of the height or more, and only then down. */
function hasFlag([stem]: readonly Stroke[]): boolean {
  let top = 0;
  stem.forEach(({ y }, index) => {
    if (y < stem[top].y) top = index;
  });
  return stem[0].y - stem[top].y > 0.1 && stem[top].x - stem[0].x > 0.08;
}

/** Whether the last stroke ends left of its lowest point and not below it, after going down for most of the height. */
function hasCurledTail(strokes: readonly Stroke[]): boolean {
  const tail = strokes[strokes.length - 1];
  let lowest = 0;
  tail.forEach(({ y }, index) => {
    if (y > tail[lowest].y) lowest = index;
  });
  const end = tail[tail.length - 1];
  return tail[lowest].x - end.x > 0.08 && tail[lowest].y - end.y > 0.03;
}

/** Twice the area of a triangle, with a sign that tells which way around it goes. */
function areaOf(a: PenPoint, b: PenPoint, c: PenPoint): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function cross(a: PenPoint, b: PenPoint, c: PenPoint, d: PenPoint): boolean {
  return areaOf(a, b, c) * areaOf(a, b, d) < 0 && areaOf(c, d, a) * areaOf(c, d, b) < 0;
}

function crossesItself(stroke: Stroke): boolean {
  return stroke.some((end, index) =>
    stroke.some(
      (otherEnd, other) => index > 0 && other > index + 1 && cross(stroke[index - 1], end, stroke[other - 1], otherEnd),
    ),
  );
}

/** A 6 is wide from this share of its height on: one in seven is. */
const WIDE_SIX = 0.75;

function widthOf(strokes: readonly Stroke[]): number {
  const { left, top, right, bottom } = boundsOf(strokes);
  return (right - left) / Math.max(bottom - top, 1e-9);
}

/** Names the form of a digit as {@link nameForm} does, and also the forms that are common but hard. */
export function nameAnyForm(label: string, strokes: readonly Stroke[]): FormName | null {
  if (label === '2') return strokes.some(crossesItself) ? null : '2 without a loop';
  if (label === '6') return widthOf(strokes) > WIDE_SIX ? 'wide 6' : null;
  return nameForm(label, strokes);
}

/**
 * Names the form of a digit if it is a rare one, or returns null.
 * @param strokes in units of the digit's height, y down
 */
export function nameForm(label: string, strokes: readonly Stroke[]): RareFormName | null {
  const [, ...further] = strokes;
  switch (label) {
    case '0':
      return further.some(isSlash) ? 'slashed 0' : null;
    case '1':
      if (further.some((stroke) => isLevel(stroke) && middleOf([stroke]) > 0.75)) return '1 with a foot';
      return hasFlag(strokes) ? '1 with a flag' : null;
    case '4':
      return strokes.length === 1 ? '4 in one stroke' : null;
    case '7':
      return further.some((stroke) => isLevel(stroke) && Math.abs(middleOf([stroke]) - 0.5) < 0.25)
        ? 'crossed 7'
        : null;
    case '9':
      return hasCurledTail(strokes) ? '9 with a curled tail' : null;
    default:
      return null;
  }
}
