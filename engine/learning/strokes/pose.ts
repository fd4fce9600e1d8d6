/** Random poses of a glyph, and pieces that are missing from its ink. */
import type { Random } from '../../common/random/random.ts';
import { sideOf } from '../rollout/live-cells.ts';
import type { Pose } from './draw-glyph.ts';

type Range = readonly [low: number, high: number];

/** The ranges that poses are drawn from. */
export interface PoseRule {
  /** Height of the pen's path in cells; its logarithm is drawn uniformly. */
  readonly height: Range;
  /** Radius of the brush in cells; its logarithm is drawn uniformly. */
  readonly radius: Range;
  readonly rotationDegrees: Range;
  /** How far the top leans to the right, as a share of the height. */
  readonly slant: Range;
  /** Factor of the width; its logarithm is drawn uniformly. */
  readonly stretch: Range;
}

function between([low, high]: Range, random: Random): number {
  return random.range(low, high);
}

function logBetween([low, high]: Range, random: Random): number {
  return Math.exp(random.range(Math.log(low), Math.log(high)));
}

/** The widest brush of a digit, as a share of its height: with a wider one its bends run together. */
const WIDEST_BRUSH = 0.12;

/** A pose drawn from the ranges. */
export function randomPose(rule: PoseRule, random: Random): Pose {
  const height = logBetween(rule.height, random);
  const [thin, wide] = rule.radius;
  return {
    height,
    radius: logBetween([thin, Math.max(thin, Math.min(wide, WIDEST_BRUSH * height))], random),
    turnDegrees: between(rule.rotationDegrees, random),
    slant: between(rule.slant, random),
    stretch: logBetween(rule.stretch, random),
  };
}

/** The image without a disc of its ink, a contiguous piece as an eraser takes it; what is left is the same sign. */
export function biteInk(pixels: Uint8Array, height: number, random: Random): Uint8Array {
  const side = sideOf(pixels);
  const inked = Uint16Array.from(pixels.keys()).filter((cell) => pixels[cell] > 127);
  if (inked.length === 0) return pixels;
  const centre = inked[random.below(inked.length)];
  const radius = height * random.range(0.04, 0.1);
  return pixels.map((ink, cell) => {
    const dx = (cell % side) - (centre % side);
    const dy = Math.floor(cell / side) - Math.floor(centre / side);
    return dx * dx + dy * dy < radius * radius ? 0 : ink;
  });
}

/** The image with a share of its cells dead: without ink. */
export function killCells(pixels: Uint8Array, share: number, random: Random): Uint8Array {
  return pixels.map((value) => (random.unit() < share ? 0 : value));
}
