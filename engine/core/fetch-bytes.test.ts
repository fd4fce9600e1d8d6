import { expect, test, vi } from 'vitest';
import { type Fetch, fetchBytes } from './fetch-bytes.ts';

/** A server that gives these responses in turn. */
function answers(...given: (() => Promise<Response>)[]) {
  const fetch = vi.fn<Fetch>();
  for (const answer of given) fetch.mockImplementationOnce(answer);
  return fetch;
}

const whole = () => Promise.resolve(new Response('whole'));
const away = () => Promise.reject(new TypeError('Failed to fetch'));
const status = (code: number) => () => Promise.resolve(new Response('', { status: code }));
/** A response whose connection breaks in the middle. */
const broken = () =>
  Promise.resolve(
    new Response(
      new ReadableStream({
        start: (stream) => {
          stream.enqueue(new Uint8Array(3));
          stream.error(new TypeError('network error'));
        },
      }),
    ),
  );

test.each([
  ['refused', status(400)],
  ['without an answer', away],
  ['with an answer that breaks off', broken],
])('a fetch that is %s is tried again once', async (_, first) => {
  const fetch = answers(first, whole);
  expect(new TextDecoder().decode(await fetchBytes('file', { fetch }))).toBe('whole');
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('a successful fetch is made once', async () => {
  const fetch = answers(whole, away);
  await fetchBytes('file', { fetch, cache: 'no-store' });
  expect(fetch.mock.calls).toEqual([['file', { cache: 'no-store' }]]);
});

test.each([
  ['the server answers 404', status(404), { reason: 'refused', status: 404 }],
  ['the server cannot be reached', away, { reason: 'unreachable', status: 0 }],
  ['the server cannot be reached', broken, { reason: 'unreachable', status: 0 }],
])('after the second try the reason is told: %s', async (reason, answer, fields) => {
  await expect(fetchBytes('file', { fetch: answers(answer, answer) })).rejects.toMatchObject({
    message: `file cannot be fetched: ${reason}.`,
    ...fields,
  });
});

test('a file that is too large is refused, whether its length is announced or not', async () => {
  const announced = () => Promise.resolve(new Response('x', { headers: { 'Content-Length': '11' } }));
  const silent = () => Promise.resolve(new Response('x'.repeat(11)));
  for (const answer of [announced, silent]) {
    const fetching = fetchBytes('file', { fetch: answers(answer, answer), mostBytes: 10 });
    await expect(fetching).rejects.toMatchObject({ reason: 'tooLarge' });
  }
});
