/** How other machines reach a server of this one. */
import { networkInterfaces } from 'node:os';
import type { RunningServer } from '../static-server.ts';

/**
 * Returns the address of a site, such as `http://192.168.1.10:8080/`, as far as it can be known.
 * @param host what the server listens on
 */
export function reachableSite({ address, port }: RunningServer, host: string | null): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const reachable = isEverywhere ? firstAddress() : null;
  return reachable === null ? address : `${new URL(address).protocol}//${reachable}:${port}/`;
}

/** The first address of this machine that is not its own alone. */
function firstAddress(): string | null {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(({ internal, family }) => !internal && family === 'IPv4');
    if (found) return found.address;
  }
  return null;
}
