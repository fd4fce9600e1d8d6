/** Fetches whole files. All requests of a running page to its server go through here. */
import { tryAgain } from './try-again.ts';

/** The part of the browser's `fetch` that is used here. */
export type Fetch = (address: string | URL, init?: Pick<RequestInit, 'cache'>) => Promise<Response>;

export interface FetchOptions {
  readonly cache?: RequestCache;
  /** Longer files are refused. */
  readonly mostBytes?: number;
  /** Replaces the browser's `fetch`. */
  readonly fetch?: Fetch;
}

/** A file could not be fetched. */
export class FetchError extends Error {
  override name = 'FetchError';
  /** `unreachable`: no response, or an incomplete one. `refused`: a response with an error status. */
  readonly reason: 'unreachable' | 'refused' | 'tooLarge';
  /** The status of the response; 0 if there was none. */
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
 * Returns the bytes of a file. A fetch that fails is tried once more.
 *
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
