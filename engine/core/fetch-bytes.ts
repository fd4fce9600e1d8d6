/** Fetches whole files. Everything that the page wants from its server while it runs comes through here. */
import { tryAgain } from './try-again.ts';

/** The browser's `fetch`, as far as it is used here. */
export type Fetch = (address: string | URL, init?: Pick<RequestInit, 'cache'>) => Promise<Response>;

export interface FetchOptions {
  readonly cache?: RequestCache;
  /** A longer file is refused. */
  readonly mostBytes?: number;
  /** In place of the browser's own. */
  readonly fetch?: Fetch;
}

/** A file that did not come. */
export class FetchError extends Error {
  override name = 'FetchError';
  /** `unreachable`: no answer, or one that broke off. `refused`: an answer with an error status. */
  readonly reason: 'unreachable' | 'refused' | 'tooLarge';
  /** Of the answer; 0 where there was none. */
  readonly status: number;

  constructor(address: string | URL, reason: FetchError['reason'], status = 0) {
    super(`${String(address)} cannot be fetched: ${describe(reason, status)}.`);
    this.reason = reason;
    this.status = status;
  }
}

function describe(reason: FetchError['reason'], status: number): string {
  if (reason === 'tooLarge') return 'it is too large';
  return reason === 'refused' ? `the server answers ${status}` : 'the server cannot be reached';
}

/**
 * The bytes of a file; a fetch that fails is tried again once.
 * @throws FetchError
 */
export function fetchBytes(address: string | URL, options: FetchOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return tryAgain(() => fetchOnce(address, options));
}

async function fetchOnce(
  address: string | URL,
  { cache = 'default', mostBytes = Infinity, fetch = globalThis.fetch }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const unreachable = (): never => {
    throw new FetchError(address, 'unreachable');
  };
  const response = await fetch(address, { cache }).catch(unreachable);
  if (!response.ok) throw new FetchError(address, 'refused', response.status);
  if (Number(response.headers.get('content-length')) > mostBytes) throw new FetchError(address, 'tooLarge');
  const bytes = new Uint8Array(await response.arrayBuffer().catch(unreachable));
  if (bytes.length > mostBytes) throw new FetchError(address, 'tooLarge');
  return bytes;
}
