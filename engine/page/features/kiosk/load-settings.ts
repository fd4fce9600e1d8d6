/** Fetches an exhibit's settings file next to the page, and converts it to the parameters that start the page. */
import { type Fetch, fetchBytes, FetchError } from '../../../core/fetch-bytes.ts';
import type { Query } from '../../shell/query.ts';
import { DEFAULT_KIOSK_SETTINGS, type KioskSettings, KioskSettingsError } from './settings.ts';
import { decodeKioskSettings } from './settings-file.ts';

export const SETTINGS_FILE = 'kiosk.json';

/** The largest file; nobody writes more by hand. */
const MOST_BYTES = 1_000_000;

export interface LoadedSettings {
  readonly settings: KioskSettings;
  /** Why the defaults are used instead of an existing file, or null. */
  readonly fault: string | null;
}

/**
 * Returns the settings in `kiosk.json`, or the defaults if the file is missing or cannot be used.
 * @param fetch replaces the browser's own
 */
export async function loadKioskSettings(fetch?: Fetch): Promise<LoadedSettings> {
  const defaults = (fault: string | null): LoadedSettings => ({ settings: DEFAULT_KIOSK_SETTINGS, fault });
  let bytes: Uint8Array;
  try {
    const options = { cache: 'no-store', mostBytes: MOST_BYTES, ...(fetch ? { fetch } : {}) } as const;
    bytes = await fetchBytes(SETTINGS_FILE, options);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return defaults(error.status === 404 ? null : error.message);
  }
  try {
    return { settings: decodeKioskSettings(bytes, SETTINGS_FILE), fault: null };
  } catch (error) {
    if (error instanceof KioskSettingsError) return defaults(shortly(error.lines));
    throw error;
  }
}

/** A notice has room for the first fault. */
function shortly([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (And ${others.length} more.)`;
}

/** Converts the settings to parameters of the address. Parameters in the actual address take precedence. */
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
