import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_REPLAY_BYTES } from './marks.ts';
import { decodeReplay, encodeReplay, type Replay } from './replay-file.ts';
import { ReplayError } from './replay.ts';

const DIGEST = 'ab'.repeat(32);

function made(): Replay {
  return {
    renderer: 'a renderer',
    models: [{ name: 'three', digest: DIGEST, bytes: Uint8Array.of(1, 2, 3) }],
    start: { kind: 'empty', layout: { columns: 3, rows: 2, tile: 28 }, seed: 7, strategy: 'texture' },
    settings: { palette: 'safe', dropout: 0.25 },
    events: [
      { do: 'begin', after: 0 },
      { do: 'tile', after: 3, column: 1, row: 0, label: 4, keepState: false },
      { do: 'stamp', after: 0, x: -1, y: 2, width: 2, height: 2, combine: 'max', keepState: true },
      { do: 'paint', after: 1, points: [1.5, 2 / 3, 1], radius: 1.5, erase: false },
      { do: 'end', after: 0, edit: 0 },
      { do: 'revert', after: 9, edit: 0, inverse: 1 },
      { do: 'forget', after: 0, edit: 0 },
      { do: 'model', after: 0, model: 0, strategy: 'texture' },
    ],
    images: Uint8Array.from({ length: 788 }, (_, index) => index),
    end: { after: 12, step: 25, digest: DIGEST },
  };
}

async function fileOf(change: (file: Record<string, unknown>) => void): Promise<Uint8Array> {
  const file = JSON.parse(new TextDecoder().decode(await encodeReplay(made()))) as Record<string, unknown>;
  change(file);
  return new TextEncoder().encode(JSON.stringify(file));
}

test('a replay is read as it was written, numbers to the last bit', async () => {
  expect(await decodeReplay(await encodeReplay(made()))).toEqual(made());
});

test('a replay that begins with a scene, with a model of the site, is read as it was written', async () => {
  const replay: Replay = {
    ...made(),
    models: [{ name: 'tiny', digest: DIGEST, bytes: null }],
    start: { kind: 'scene', bytes: Uint8Array.of(0, 255, 7) },
  };
  expect(await decodeReplay(await encodeReplay(replay))).toEqual(replay);
});

test('a replay that is too long is not written, and a file that is too large is not read', async () => {
  const { end } = made();
  await expect(encodeReplay({ ...made(), end: { ...end, after: 20_000_000 } })).rejects.toThrow(/too long/);
  const settings = { palette: 'x'.repeat(MOST_REPLAY_BYTES) };
  await expect(encodeReplay({ ...made(), settings })).rejects.toThrow(/too large/);
  await expect(decodeReplay(new Uint8Array(MOST_REPLAY_BYTES + 1))).rejects.toThrow(/this file has more/);
});

describe('a replay is refused with the reason', () => {
  const cases: [string, (file: Record<string, unknown>) => void, RegExp][] = [
    ['of another format', (file) => (file['format'] = 'other'), /not a replay file/],
    ['of a newer version', (file) => (file['version'] = 2), /newer version/],
    ['with less ink than its events bring', (file) => (file['events'] = []), /need 0 bytes of ink, not 788/],
    ['with a part that is not known', (file) => (file['more'] = 1), /has a fault/],
    ['with an event that is not known', (file) => (file['events'] = [{ do: 'fly', after: 0 }]), /events\.0\.do/],
    [
      'that takes back what was never made',
      (file) => {
        file['events'] = [{ do: 'revert', after: 0, edit: 3, inverse: null }];
        file['images'] = { bytes: 0, deflated: 'AwA=' };
      },
      /no edit 3/,
    ],
    [
      'that makes an edit twice',
      (file) => {
        file['events'] = [
          { do: 'end', after: 0, edit: 4 },
          { do: 'revert', after: 0, edit: 4, inverse: 4 },
        ];
        file['images'] = { bytes: 0, deflated: 'AwA=' };
      },
      /makes edit 4 twice/,
    ],
    [
      'that switches to a model that it does not contain',
      (file) => {
        file['events'] = [{ do: 'model', after: 0, model: 1, strategy: 'texture' }];
        file['images'] = { bytes: 0, deflated: 'AwA=' };
      },
      /has no model 1/,
    ],
    ['with damaged ink', (file) => (file['images'] = { bytes: 788, deflated: 'AAAA' }), /damaged/],
    [
      'with a canvas of more cells than there can be',
      (file) =>
        (file['start'] = {
          kind: 'empty',
          layout: { columns: 1024, rows: 1024, tile: 1024 },
          seed: 1,
          strategy: 'texture',
        }),
      /too many cells/,
    ],
    [
      'with more steps than anybody waits for',
      (file) => (file['end'] = { after: 9_999_999, step: 0, digest: DIGEST }),
      /more than 10000000 steps/,
    ],
  ];
  test.each(cases)('%s', async (_, change, reason) => {
    await expect(decodeReplay(await fileOf(change))).rejects.toThrow(reason);
  });
});

test('a replay with any changes to its bytes is read or refused with a sentence', async () => {
  const good = await encodeReplay(made());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
      fc.nat(good.length),
      async (changes, length) => {
        const bytes = good.slice();
        for (const [place, byte] of changes) bytes[place] = byte;
        for (const candidate of [bytes, bytes.subarray(0, length)]) {
          try {
            await decodeReplay(candidate);
          } catch (error) {
            expect(error).toBeInstanceOf(ReplayError);
            expect((error as ReplayError).message).toMatch(/^[A-Z].{8,}/);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
