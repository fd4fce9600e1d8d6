/** Reads the file that `npm run kiosk -- --config FILE` names. */
import { type KioskSettings, KioskSettingsError, parseKioskSettings } from '../../app/kiosk/settings.ts';
import { readInputFile, UserError } from '../command.ts';

/**
 * Reads and checks a settings file.
 * @throws UserError that names the file, the field, and what it may be
 */
export function readKioskSettings(path: string): KioskSettings {
  const text = new TextDecoder().decode(readInputFile(path));
  try {
    return parseKioskSettings(text, `The settings file ${path}`);
  } catch (error) {
    if (error instanceof KioskSettingsError) throw new UserError(error.message);
    throw error;
  }
}
