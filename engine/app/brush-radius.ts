/** Sizes of the brush, one press or one notch of the wheel apart. */
import { type NumberSetting, SETTINGS } from './settings.ts';

const GROWTH = 1.12;

/** The next larger or smaller radius in cells, to a tenth of a cell. */
export function nextRadius(radius: number, larger: boolean): number {
  const { low, high } = SETTINGS.brushRadius as NumberSetting;
  const next = larger ? Math.max(radius * GROWTH, radius + 0.1) : Math.min(radius / GROWTH, radius - 0.1);
  return Math.min(high, Math.max(low, Math.round(next * 10) / 10));
}
