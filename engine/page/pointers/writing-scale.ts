/** Brings the canvas near enough to write on it by hand. */
import type { Camera, Extent, Point } from '../../view/camera.ts';

/** How high people write a digit with a finger or a mouse, CSS pixels: some three centimetres on a phone. */
const DIGIT_PIXELS = 180;
/** On a low canvas: a digit takes at most this share of its shorter side. */
const MOST_SHARE = 0.8;
/** How high the digits are that the models learned, in cells. */
const DIGIT_CELLS = 20;
/** A canvas that is shown at this share of the right scale is near enough. */
const NEAR_ENOUGH = 2 / 3;

/** CSS pixels a cell at which a digit that a hand writes has the size that the models know. */
export function writingScale({ width, height }: Extent): number {
  return Math.min(DIGIT_PIXELS, MOST_SHARE * Math.min(width, height)) / DIGIT_CELLS;
}

/**
 * Zooms in about a point of the screen where all of the canvas is shown, too small to write on. Where somebody has
 * zoomed, that stands.
 * @returns whether it did
 */
export function zoomToWrite(camera: Camera, at: Point): boolean {
  const scale = writingScale(camera.stage);
  if (!camera.fitted || camera.pixelsPerCell >= NEAR_ENOUGH * scale) return false;
  camera.zoom(scale / camera.pixelsPerCell, at);
  return true;
}
