/** Converts a turn of the wheel, or a pinch on a touch pad, to a zoom of the camera. */

const LINE_PIXELS = 16;
/** The exponent of the zoom per pixel. A notch of a common wheel, 100 to 120 pixels, zooms by about a quarter. */
const ZOOM_PER_PIXEL = 0.002;
/** Browsers report a pinch as a wheel event with the control key and much smaller steps. */
const PINCH_ZOOM_PER_PIXEL = 0.01;
/** One event zooms by at most two notches, whatever the device reports. */
const MOST_PIXELS = 240;

export interface WheelTurn {
  readonly deltaY: number;
  /** 0 for pixels, 1 for lines, 2 for pages. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

/** Returns the factor by which everything becomes larger. */
export function wheelZoom({ deltaY, deltaMode, ctrlKey }: WheelTurn, pagePixels: number): number {
  const unit = deltaMode === 2 ? pagePixels : deltaMode === 1 ? LINE_PIXELS : 1;
  const pixels = Math.min(MOST_PIXELS, Math.max(-MOST_PIXELS, deltaY * unit));
  return Math.exp(-pixels * (ctrlKey ? PINCH_ZOOM_PER_PIXEL : ZOOM_PER_PIXEL));
}
