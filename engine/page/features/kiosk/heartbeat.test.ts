import { afterEach, expect, it, vi } from 'vitest';
import { sendHeartbeat } from './heartbeat.ts';
import { HEARTBEAT } from './made-up-heartbeat.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a heartbeat goes to the page’s own server', async () => {
  const fetch = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
  vi.stubGlobal('fetch', fetch);
  await sendHeartbeat(HEARTBEAT);
  expect(fetch).toHaveBeenCalledWith('./heartbeat', expect.objectContaining({ method: 'POST' }));
});

it.each([
  ['is away', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['refuses it', () => Promise.resolve(new Response(null, { status: 500 }))],
])('a server that %s does not affect the page', async (_, fetch) => {
  vi.stubGlobal('fetch', fetch);
  await expect(sendHeartbeat(HEARTBEAT)).resolves.toBeUndefined();
});

it('a server that never answers is not waited for longer than until the next heartbeat', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) =>
    signal.aborted ? Promise.reject(signal.reason as Error) : new Promise(() => undefined),
  );
  await expect(sendHeartbeat(HEARTBEAT)).resolves.toBeUndefined();
  expect(timeout.mock.calls[0]?.[0]).toBeLessThanOrEqual(5000);
  timeout.mockRestore();
});
