/**
 * Decides whether two fingers form a gesture that moves the view or each draw a stroke, and moves the view by such a
 * gesture.
 */
import type { Camera, Extent, Point } from '../../../view/camera.ts';

/** A second finger this soon after the first belongs to the same gesture, whatever the first has drawn meanwhile. */
const EARLY_MILLISECONDS = 1000;
/** It also does later, if the first has moved less than this, in CSS pixels. */
const STILL_PIXELS = 24;
/** Fingers further apart than this, in CSS pixels, belong to two people. */
const HAND_SPAN_PIXELS = 700;
/** A canvas whose shorter side is below this, in CSS pixels, is held in one person's hand. */
const HANDHELD_PIXELS = 500;

export interface FirstFinger {
  readonly startMilliseconds: number;
  readonly position: Point;
  /** The farthest that it has been from its start, in CSS pixels. */
  readonly reach: number;
}

export interface SecondFinger {
  readonly startMilliseconds: number;
  readonly position: Point;
}

/**
 * Returns what a second finger means on a canvas of this size. `gesture`: the two belong together, and what the first
 * has drawn must be undone. `gesture-after-stroke`: they move the view from now on, but the first has drawn on purpose.
 * `own-stroke`: the second finger draws as well.
 */
export function meaningOfSecond(
  first: FirstFinger,
  second: SecondFinger,
  { width, height }: Extent,
): 'gesture' | 'gesture-after-stroke' | 'own-stroke' {
  const isHandheld = Math.min(width, height) < HANDHELD_PIXELS;
  if (!isHandheld && distance(first.position, second.position) > HAND_SPAN_PIXELS) return 'own-stroke';
  const isSoon = second.startMilliseconds - first.startMilliseconds < EARLY_MILLISECONDS;
  if (isSoon || first.reach < STILL_PIXELS) return 'gesture';
  return isHandheld ? 'gesture-after-stroke' : 'own-stroke';
}

/** Moves the view when one of two fingers moves from `from` to `to` while the `other` rests. */
export function pinch(camera: Camera, from: Point, to: Point, other: Point): void {
  camera.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
  const before = distance(from, other);
  const after = distance(to, other);
  if (before > 1 && after > 1) camera.zoom(after / before, { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 });
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
