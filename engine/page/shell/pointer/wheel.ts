/** What a turn of the wheel, or a pinch on a touch pad, means for the camera. */

const LINE_PIXELS = 16;
/** e-fold for each pixel; a notch of a common wheel, 100 to 120 pixels, is a quarter more. */
const ZOOM_PER_PIXEL = 0.002;
/** Browsers report a pinch as a wheel with the control key, in much smaller steps. */
const PINCH_ZOOM_PER_PIXEL = 0.01;
/** One event moves no further than two notches, whatever the device claims. */
const MOST_PIXELS = 240;

export interface WheelTurn {
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

/** How many times larger everything becomes. */
export function wheelZoom({ deltaY, deltaMode, ctrlKey }: WheelTurn, pagePixels: number): number {
  const unit = deltaMode === 2 ? pagePixels : deltaMode === 1 ? LINE_PIXELS : 1;
  const pixels = Math.min(MOST_PIXELS, Math.max(-MOST_PIXELS, deltaY * unit));
  return Math.exp(-pixels * (ctrlKey ? PINCH_ZOOM_PER_PIXEL : ZOOM_PER_PIXEL));
}
