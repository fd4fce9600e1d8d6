/** The code on the screens that a phone reads: the address of its page, with the token that is valid now. */
import encodeQR from 'qr';
import type { JoinCode } from '../../../../together/hands/operator-messages.ts';
import type { JoinTokens } from './join-tokens.ts';

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
    for (let x = 0; x < row.length;) {
      let end = x;
      while (row[end]) end += 1;
      if (end > x) path += `M${x} ${y}h${end - x}v1h${x - end}z`;
      x = end + 1;
    }
  });
  return path;
}
