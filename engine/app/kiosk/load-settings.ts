/** Fetches an exhibit's settings from beside the page, and turns them into what the page is started with. */
import type { Query } from '../query.ts';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings, KioskSettingsError, parseKioskSettings } from './settings.ts';

export const SETTINGS_FILE = 'kiosk.json';

/** More than anybody writes by hand. */
const MOST_CHARACTERS = 1_000_000;

export interface LoadedSettings {
  readonly settings: KioskSettings;
  /** Why the defaults are used in place of a file that is there; or null. */
  readonly fault: string | null;
}

/** The settings in `kiosk.json`; the defaults where there is none, or none that can be used. */
export async function loadKioskSettings(fetch: (address: string) => Promise<Response>): Promise<LoadedSettings> {
  const defaults = (fault: string | null): LoadedSettings => ({ settings: DEFAULT_KIOSK_SETTINGS, fault });
  let text: string;
  try {
    const response = await fetch(`./${SETTINGS_FILE}`);
    if (response.status === 404) return defaults(null);
    if (!response.ok) return defaults(`${SETTINGS_FILE} cannot be read: the server answers ${response.status}.`);
    text = await response.text();
  } catch {
    return defaults(`${SETTINGS_FILE} cannot be read: the server cannot be reached.`);
  }
  try {
    if (text.length > MOST_CHARACTERS) throw new KioskSettingsError(`${SETTINGS_FILE} is too long.`);
    return { settings: parseKioskSettings(text, SETTINGS_FILE), fault: null };
  } catch (error) {
    if (error instanceof KioskSettingsError) return defaults(error.message);
    throw error;
  }
}

/** The settings as the address would have given them; what the address does give goes before. */
export function queryOf(settings: KioskSettings): Query {
  const { model, seed, canvas, dropout, stepsPerSecond, palette, view } = settings;
  return {
    ...(model === undefined ? {} : { model }),
    seed,
    ...(canvas.columns === undefined ? {} : { columns: canvas.columns }),
    ...(canvas.rows === undefined ? {} : { rows: canvas.rows }),
    tile: canvas.tile,
    ...(dropout === undefined ? {} : { dropout }),
    rate: stepsPerSecond,
    palette,
    view,
  };
}
