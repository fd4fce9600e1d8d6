/** Reads the file of `npm run kiosk -- --config FILE`, and makes the checks that are only possible on this machine. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { userInfo } from 'node:os';
import { didYouMean } from '../../page/features/kiosk/nearest.ts';
import { type KioskSettings, KioskSettingsError, type SettingsFault } from '../../page/features/kiosk/settings.ts';
import { decodeKioskSettings } from '../../page/features/kiosk/settings-file.ts';
import { UserError } from '../../command-line/command.ts';
import { readInputFile } from '../../command-line/files.ts';

/**
 * Reads and checks a settings file.
 * @param models the names of the available models
 * @throws UserError with a line for each fault: the file, the line and column in it, the field, and what to do
 */
export function readKioskSettings(path: string, models: readonly string[]): KioskSettings {
  const bytes = readInputFile(path);
  try {
    return decodeKioskSettings(bytes, path, (value) => machineFaults(value, models));
  } catch (error) {
    if (error instanceof KioskSettingsError) throw new UserError(error.message);
    throw error;
  }
}

/** Faults that can only be found on this machine, in settings that are not validated yet. */
function machineFaults(value: unknown, models: readonly string[]): SettingsFault[] {
  const faults: SettingsFault[] = [];
  /** Checks a field if it is a text, and reports what is wrong. */
  const look = (path: readonly (string | number)[], faultOf: (text: string) => string | null): void => {
    const text = valueAt(value, path);
    const message = typeof text === 'string' && text !== '' ? faultOf(text) : null;
    if (message !== null) faults.push({ path, message, isName: false });
  };
  look(['model'], (name) =>
    models.includes(name) ? null : `must be one of ${models.join(', ')}${didYouMean(name, models)}`,
  );
  look(['supervision', 'host'], hostFault);
  look(['supervision', 'logFile'], logFileFault);
  for (const name of ['certificate', 'key']) look(['wall', 'tls', name], fileFault);
  const flags = valueAt(value, ['supervision', 'browserFlags']);
  for (const index of Array.isArray(flags) ? flags.keys() : []) {
    look(['supervision', 'browserFlags', index], flagFault);
  }
  return faults;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

function hostFault(host: string): string | null {
  if (/^\w+:\/\//.test(host) || host.includes('/'))
    return 'must be an address alone, such as 0.0.0.0, without http:// and path';
  if (/^[^:]+:\d+$/.test(host)) return 'must be an address without a port; the port belongs to "port"';
  return /^[\w.:%-]+$/.test(host) ? null : 'must be an address such as 0.0.0.0, or a name of this machine';
}

function fileFault(file: string): string | null {
  try {
    accessSync(file, constants.R_OK);
    return null;
  } catch {
    return `cannot be read by the user ${userInfo().username}; check the path and who may read it`;
  }
}

function flagFault(flag: string): string | null {
  if (!flag.startsWith('--')) return `must begin with two hyphens, as in "--${flag.replace(/^-+/, '')}"`;
  return /\s--/.test(flag) ? 'holds two options; make a text of its own of each' : null;
}

/** Why a log cannot be written to this file, or null. */
export function logFileFault(file: string): string | null {
  if (file.startsWith('~')) return `must be a whole path, as in "/var/log/kiosk.log"; "~" is not replaced`;
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return `is in a folder that does not exist; make it with: mkdir -p ${folder}`;
  }
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) return `is a folder; name a file in it, as in "${join(file, 'kiosk.log')}"`;
  try {
    // The log is renamed when it is full, which also needs write permission for the folder.
    for (const path of there ? [folder, file] : [folder]) accessSync(path, constants.W_OK);
    return null;
  } catch {
    const name = userInfo().username;
    return `cannot be written by the user ${name}; give the folder to that user with: chown ${name} ${folder}`;
  }
}
