/** The folder for data that survives a restart of the exhibit. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Returns the folder that systemd has created for its unit, or else one of the user's. */
export function stateFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env['STATE_DIRECTORY']?.split(':')[0] ?? '';
  if (given !== '') return given;
  const state = env['XDG_STATE_HOME'] ?? '';
  return join(state === '' ? join(homedir(), '.local', 'state') : state, 'self-classifying-digits');
}
