/** Brings the canvas near enough to write on it by hand. */
import type { Camera, Extent, Point } from '../../../view/camera.ts';

/** How high people write a digit with a finger or a mouse, CSS pixels: some three centimetres on a phone. */
const DIGIT_PIXELS = 180;
/** On a low canvas: a digit takes at most this share of its shorter side. */
const MOST_SHARE = 0.8;
/** How high the digits are that the models learned, in cells. */
const DIGIT_CELLS = 20;
/** A canvas that is shown at this share of the right scale is near enough. */
const NEAR_ENOUGH = 2 / 3;

/**
 * CSS pixels a cell at which a digit that a hand writes has the size that the models know.
 * @param digitPixels how high the hand writes it
 */
export function writingScale({ width, height }: Extent, digitPixels = DIGIT_PIXELS): number {
  return Math.min(digitPixels, MOST_SHARE * Math.min(width, height)) / DIGIT_CELLS;
}

/**
 * Zooms in about a point of the screen to so many CSS pixels a cell, unless that is nearly what there is, or less.
 * @returns whether it did
 */
export function comeNear(camera: Camera, scale: number, at: Point): boolean {
  if (camera.pixelsPerCell >= NEAR_ENOUGH * scale) return false;
  camera.zoom(scale / camera.pixelsPerCell, at);
  return true;
}

/**
 * Zooms in about a point of the screen where all of the canvas is shown, too small to write on. Where somebody has
 * zoomed, that stands.
 * @returns whether it did
 */
export function zoomToWrite(camera: Camera, at: Point): boolean {
  return camera.fitted && comeNear(camera, writingScale(camera.stage), at);
}
