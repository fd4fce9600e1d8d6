/** Changes the sizes and rotations of the tools in steps of one key press or one notch of the wheel. */
import { type NumberSetting, type Settings, SETTINGS, STAMP_SCALE } from '../../../session/settings.ts';

const RADIUS_GROWTH = 1.12;
const SCALE_STEP = 0.1;

/** The angles by which a notch of the wheel and a key press rotate the stamp. */
export const TURN_NOTCH_DEGREES = 5;
export const TURN_PRESS_DEGREES = 15;

/** Makes the brush larger or smaller, or the stamp if that is the current tool. */
export function resizeTool(settings: Settings, larger: boolean): void {
  const { tool, brushRadius, stampScale } = settings.values;
  if (tool === 'stamp') settings.set({ stampScale: nextScale(stampScale, larger) });
  else settings.set({ brushRadius: nextRadius(brushRadius, larger) });
}

/** Rotates the stamp clockwise by the given degrees. −180 and 180 are the same rotation. */
export function turnStamp(settings: Settings, degrees: number): void {
  const turn = settings.values.stampTurn + degrees;
  settings.set({ stampTurn: turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn });
}

/** Returns the next larger or smaller radius in cells, rounded to a tenth of a cell. */
export function nextRadius(radius: number, larger: boolean): number {
  const next = larger ? Math.max(radius * RADIUS_GROWTH, radius + 0.1) : Math.min(radius / RADIUS_GROWTH, radius - 0.1);
  return within(SETTINGS.brushRadius as NumberSetting, Math.round(next * 10) / 10);
}

function nextScale(scale: number, larger: boolean): number {
  const next = scale + (larger ? SCALE_STEP : -SCALE_STEP);
  return within(STAMP_SCALE, Math.round(next * 20) / 20);
}

function within({ low, high }: NumberSetting, value: number): number {
  return Math.min(high, Math.max(low, value));
}
