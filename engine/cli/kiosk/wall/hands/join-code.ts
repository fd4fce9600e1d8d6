/** The code on the screens that a phone reads: the address of its page, with the token that is valid now. */
import { networkInterfaces } from 'node:os';
import encodeQR from 'qr';
import type { JoinTokens } from './join-tokens.ts';

/** A code as a picture: an SVG path in a square of so many units, with a margin around it. */
export interface JoinCode {
  readonly address: string;
  readonly size: number;
  readonly path: string;
}

/** The white margin that readers need, in modules. */
const MARGIN = 4;

/** @param page the address of the phone's page */
export function joinCode(page: string, tokens: JoinTokens): JoinCode {
  const address = `${page}#${tokens.current()}`;
  const modules = encodeQR(address, 'raw', { ecc: 'medium', border: MARGIN });
  return { address, size: modules.length, path: pathOf(modules) };
}

/** One rectangle for each run of dark modules. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; ) {
      let end = x;
      while (row[end]) end += 1;
      if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end + 1;
    }
  });
  return path;
}

/** The first address of this machine that others can reach, or null if it has none. */
export function reachableAddress(): string | null {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(({ internal, family }) => !internal && family === 'IPv4');
    if (found) return found.address;
  }
  return null;
}
