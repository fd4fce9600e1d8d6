/** The temperature of the machine, if Linux provides it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the temperature of the hottest measured part in degrees Celsius, or null if nothing is measured. */
export function celsius(folder = '/sys/class/thermal'): number | null {
  try {
    const zones = readdirSync(folder).filter((name) => name.startsWith('thermal_zone'));
    const values = zones.map((zone) => celsiusOf(join(folder, zone, 'temp'))).filter((value) => value !== null);
    return values.length === 0 ? null : Math.max(...values);
  } catch {
    return null;
  }
}

/** Reads a sensor; a broken one gives no value or nonsense. */
function celsiusOf(file: string): number | null {
  try {
    const value = Number(readFileSync(file, 'utf8')) / 1000;
    return value > -50 && value < 150 ? value : null;
  } catch {
    return null;
  }
}
