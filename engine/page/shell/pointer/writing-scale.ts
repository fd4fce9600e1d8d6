/** Zooms in on the canvas far enough to write on it by hand. */
import type { Camera, Extent, Point } from '../../../view/camera.ts';

/**
 * The height at which people write a digit with a finger or a mouse, in CSS pixels: about three centimetres on a phone.
 */
const DIGIT_PIXELS = 180;
/** On a small canvas, a digit takes up at most this share of the shorter side. */
const MOST_SHARE = 0.8;
/** The height of the digits that the models have learned, in cells. */
const DIGIT_CELLS = 20;
/** A canvas that is shown at this share of the right scale is large enough. */
const NEAR_ENOUGH = 2 / 3;

/**
 * Returns the scale, in CSS pixels per cell, at which handwritten digits have the size that the models know.
 * @param digitPixels the height of a handwritten digit in CSS pixels
 */
export function writingScale({ width, height }: Extent, digitPixels = DIGIT_PIXELS): number {
  return Math.min(digitPixels, MOST_SHARE * Math.min(width, height)) / DIGIT_CELLS;
}

/**
 * Zooms in around a point of the screen to a scale in CSS pixels per cell. Does nothing if the current scale is close
 * to that or larger.
 * @returns whether it zoomed
 */
export function comeNear(camera: Camera, scale: number, at: Point): boolean {
  if (camera.pixelsPerCell >= NEAR_ENOUGH * scale) return false;
  camera.zoom(scale / camera.pixelsPerCell, at);
  return true;
}

/**
 * Zooms in around a point of the screen if the whole canvas is shown and is too small to write on. A zoom that the user
 * has chosen is left alone.
 * @returns whether it zoomed
 */
export function zoomToWrite(camera: Camera, at: Point): boolean {
  return camera.fitted && comeNear(camera, writingScale(camera.stage), at);
}
