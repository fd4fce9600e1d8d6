/** Where the exhibit keeps what survives a restart. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that systemd has made for its unit, else one of the user's own. */
export function stateFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env['STATE_DIRECTORY']?.split(':')[0] ?? '';
  if (given !== '') return given;
  const state = env['XDG_STATE_HOME'] ?? '';
  return join(state === '' ? join(homedir(), '.local', 'state') : state, 'self-classifying-digits');
}
