import { describe, expect, it } from 'vitest';
import { Random } from '../../engine/common/random/random.ts';
import { CELLS, SIDE } from '../../engine/learning/rollout/live-cells.ts';
import { VARIED } from '../presets/augmentation.ts';
import { killCells } from '../../engine/learning/strokes/pose.ts';
import { augmentImage, spreadInk, warpImage } from './augment.ts';

const STILL = { scale: 1, rotationDegrees: 0, shear: 0, shiftX: 0, shiftY: 0 };

/** A block of ink from (left, top), width × height cells. */
function block(left: number, top: number, width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: CELLS }, (_, cell) => {
    const x = cell % SIDE;
    const y = Math.floor(cell / SIDE);
    return x >= left && x < left + width && y >= top && y < top + height ? 255 : 0;
  });
}

const inkOf = (pixels: Uint8Array): number => pixels.reduce((total, value) => total + value, 0) / 255;

describe('a warp', () => {
  it('that changes nothing gives the same image', () => {
    expect(warpImage(block(10, 8, 5, 9), STILL)).toEqual(block(10, 8, 5, 9));
  });

  it('moves ink by whole cells', () => {
    expect(warpImage(block(10, 8, 5, 9), { ...STILL, shiftX: 2, shiftY: -3 })).toEqual(block(12, 5, 5, 9));
  });

  it('turns a level stroke upright at 90 degrees', () => {
    expect(warpImage(block(8, 13, 12, 2), { ...STILL, rotationDegrees: 90 })).toEqual(block(13, 8, 2, 12));
  });

  it('grows the ink with the square of the scale', () => {
    const ratio = inkOf(warpImage(block(10, 10, 8, 8), { ...STILL, scale: 1.5 })) / 64;
    expect(ratio).toBeGreaterThan(2.1);
    expect(ratio).toBeLessThan(2.4);
  });
});

describe('the stroke', () => {
  it('is widened and thinned by a cell', () => {
    expect(spreadInk(block(10, 10, 4, 4), 2, Math.max)).toEqual(block(9, 9, 5, 5));
    expect(spreadInk(block(10, 10, 4, 4), 2, Math.min)).toEqual(block(10, 10, 3, 3));
  });

  it('loses the share of cells that die', () => {
    const left = inkOf(killCells(block(4, 4, 20, 20), 0.2, new Random(1)));
    expect(Math.abs(left / 400 - 0.8)).toBeLessThan(0.06);
  });
});

describe('an augmentation', () => {
  it('varies the share of images it says, and never loses all ink', () => {
    const random = new Random(3);
    const image = block(11, 6, 4, 16);
    const varied = Array.from({ length: 400 }, () => augmentImage(image, VARIED, random));
    const share = varied.filter((pixels) => pixels !== image).length / 400;
    expect(Math.abs(share - VARIED.share)).toBeLessThan(0.08);
    expect(varied.every((pixels) => inkOf(pixels) > 0)).toBe(true);
  });

  it('gives the same images for the same seed', () => {
    const image = block(11, 6, 4, 16);
    expect(augmentImage(image, VARIED, new Random(8))).toEqual(augmentImage(image, VARIED, new Random(8)));
  });
});
