/** How other machines reach this one. */
import { networkInterfaces } from 'node:os';

/** The first address of this machine that others can reach, or null if it has none. */
export function reachableAddress(): string | null {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(({ internal, family }) => !internal && family === 'IPv4');
    if (found) return found.address;
  }
  return null;
}
