/** Endless variations of a few drawings. */
import { roundPath } from '../../common/handwriting/curve.ts';
import { boundsOf, mapStrokes, type PenPoint, type Stroke } from '../../common/handwriting/stroke.ts';
import type { Random } from '../../common/random/random.ts';
import { drawGlyph } from '../strokes/draw-glyph.ts';
import { biteInk, killCells, randomPose, type PoseRule } from '../strokes/pose.ts';

/** How drawings are varied. Deviations are shares of the sign's larger side. */
export interface VariationRule extends PoseRule {
  /** Of a smooth distortion of the whole: one part larger, another smaller, straight lines bowed. */
  readonly bend: number;
  /** Of the course of the pen, changing slowly along a stroke. */
  readonly wobble: number;
  /** Of the place of each stroke. */
  readonly strokeShift: number;
  /** The most passes that round the corners, as a quick hand does. */
  readonly haste: number;
  /** The share that lacks a piece of its ink, and the share that lacks single cells: up to `missingMost` of them. */
  readonly bitten: number;
  readonly missing: number;
  readonly missingMost: number;
}

/** Distance between two points of a path, as a share of the sign's larger side. */
const SPACING = 0.03;
/** Points of a path between two random displacements. */
const WOBBLE_POINTS = 6;

/** The strokes in units of the larger side, the box's top left at 0, 0, with evenly spaced points. */
export function normalizeStrokes(strokes: readonly Stroke[]): Stroke[] {
  const { left, top, right, bottom } = boundsOf(strokes);
  const unit = Math.max(right - left, bottom - top) || 1;
  return mapStrokes(strokes, ({ x, y }) => ({ x: (x - left) / unit, y: (y - top) / unit })).map(resample);
}

/** A path through the same places with a point every {@link SPACING}; a dot stays a dot. */
function resample(stroke: Stroke): Stroke {
  const points: PenPoint[] = [stroke[0]];
  let behind = 0;
  for (let index = 1; index < stroke.length; index += 1) {
    const [from, to] = [stroke[index - 1], stroke[index]];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    for (let at = SPACING - behind; at <= length; at += SPACING) {
      const share = at / length;
      points.push({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), pressure: 1 });
    }
    behind = (behind + length) % SPACING;
  }
  const last = stroke[stroke.length - 1];
  if (behind > SPACING / 4) points.push(last);
  return points;
}

/** A variation of {@link normalizeStrokes}' strokes, in the same units. */
function varyStrokes(strokes: readonly Stroke[], rule: VariationRule, random: Random): Stroke[] {
  const [x1, x2, x3, y1, y2, y3] = Array.from({ length: 6 }, () => random.normal(rule.bend));
  const haste = random.below(rule.haste + 1);
  return strokes.map((stroke) => {
    const shiftX = random.normal(rule.strokeShift);
    const shiftY = random.normal(rule.strokeShift);
    let [fromX, fromY] = [random.normal(rule.wobble), random.normal(rule.wobble)];
    let [toX, toY] = [random.normal(rule.wobble), random.normal(rule.wobble)];
    const moved = stroke.map((point, index) => {
      const between = (index % WOBBLE_POINTS) / WOBBLE_POINTS;
      if (index > 0 && between === 0) {
        [fromX, fromY] = [toX, toY];
        [toX, toY] = [random.normal(rule.wobble), random.normal(rule.wobble)];
      }
      const x = point.x - 0.5;
      const y = point.y - 0.5;
      return {
        x: point.x + x1 * x * y + 0.6 * x2 * y * y + 0.5 * x3 * x * x + shiftX + fromX + between * (toX - fromX),
        y: point.y + y1 * x * y + 0.6 * y2 * y * y + 0.5 * y3 * x * x + shiftY + fromY + between * (toY - fromY),
      };
    });
    return roundPath(moved, haste).map(({ x, y }) => ({ x, y, pressure: 1 }));
  });
}

/**
 * A variation of a drawing, somewhere on a canvas of its own.
 * @param strokes see {@link normalizeStrokes}
 * @returns side · side ink bytes
 */
export function drawVariation(strokes: readonly Stroke[], rule: VariationRule, random: Random): Uint8Array {
  const pose = randomPose(rule, random);
  const pixels = drawGlyph(varyStrokes(strokes, rule, random), pose, random);
  if (random.unit() < rule.bitten) return biteInk(pixels, pose.height, random);
  if (random.unit() < rule.missing) return killCells(pixels, random.range(0, rule.missingMost), random);
  return pixels;
}
