import { tabMemory } from '../kiosk/reload.ts';

const KEY = 'wall-key';

/** Names this tab for as long as it exists, even if it is loaded again. It is a secret between the tab and the room. */
export function ownKey(): string {
  const memory = tabMemory();
  const known = memory?.getItem(KEY);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const key = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  memory?.setItem(KEY, key);
  return key;
}
