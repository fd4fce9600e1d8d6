import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress } from './compression.ts';
import {
  decodeLink,
  encodeLink,
  type LinkedScene,
  LINK_VERSION,
  MOST_LINK_LENGTH,
  versionOfLink,
} from './scene-link.ts';
import { SceneError } from './scene.ts';

const layout = { columns: 2, rows: 1, tile: 28 };
const CELLS = 2 * 28 * 28;

const sceneOf: fc.Arbitrary<LinkedScene> = fc.record({
  layout: fc.constant(layout),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  model: fc.string({ maxLength: 20 }),
  settings: fc.constant({ view: 'ink', dropout: 0.1, paused: false }),
  canvas: fc.option(
    fc.record({
      ink: fc.uint8Array({ minLength: CELLS, maxLength: CELLS }),
      labels: fc.tuple(fc.integer({ min: -1, max: 9 }), fc.constant(-1)).map((labels) => Int16Array.from(labels)),
    }),
  ),
});

async function linkOf(head: unknown, rest = new Uint8Array(0)): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = await compress(Uint8Array.from([json.length & 255, json.length >> 8, ...json, ...rest]), 'deflate-raw');
  return `${LINK_VERSION}.${Buffer.from(bytes).toString('base64url')}`;
}

const HEAD = { layout, seed: 1, model: 'three', settings: {}, canvas: false };

test('settings and canvas come back from a link, and it needs no escaping', async () => {
  await fc.assert(
    fc.asyncProperty(sceneOf, async (scene) => {
      const { text, hasCanvas } = await encodeLink(scene);
      expect(text).toMatch(/^1\.[\w-]+$/);
      expect(text.length).toBeLessThanOrEqual(MOST_LINK_LENGTH);
      expect(hasCanvas).toBe(scene.canvas !== null);
      expect(await decodeLink(text)).toEqual(scene);
    }),
    { numRuns: 40 },
  );
});

test('a canvas that would make the address too long is left out, and this is reported', async () => {
  const big = { columns: 6, rows: 6, tile: 28 };
  const ink = Uint8Array.from({ length: 36 * 784 }, (_, cell) => (cell * 7919) % 251);
  const canvas = { ink: ink.map((byte, cell) => (byte * cell) & 255), labels: new Int16Array(36).fill(-1) };
  const { text, hasCanvas } = await encodeLink({ ...HEAD, layout: big, canvas });
  expect(hasCanvas).toBe(false);
  expect((await decodeLink(text)).canvas).toBeNull();
});

test('any text is read as a scene or refused in a sentence', async () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ maxLength: 200 }).map((text) => `1.${text}`),
    fc.base64String({ maxLength: 400 }).map((text) => `1.${text}`),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      await decodeLink(text).catch((error: unknown) => {
        expect(error).toBeInstanceOf(SceneError);
        expect((error as Error).message).toMatch(/^The .{10,300}\.$/s);
      });
    }),
    { numRuns: 200 },
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...Object.keys(HEAD)), fc.jsonValue()), async (changes) => {
      await decodeLink(await linkOf({ ...HEAD, ...changes })).catch((error: unknown) => {
        expect(error).toBeInstanceOf(SceneError);
      });
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['a canvas of 2³¹ cells', { layout: { columns: 1024, rows: 1024, tile: 1024 } }, /layout.*too many cells/],
  ['a canvas that it does not hold', { canvas: true }, /contradicts itself/],
  ['a seed below zero', { seed: -1 }, /seed/],
  ['a setting that is no value', { settings: { view: null } }, /settings\.view/],
])('a link with %s is refused by name', async (_, changes, message) => {
  await expect(decodeLink(await linkOf({ ...HEAD, ...changes }))).rejects.toThrow(message);
});

test('a bomb is refused, and so is an endless text', async () => {
  const bomb = await compress(new Uint8Array(40 * 2 ** 20), 'deflate-raw');
  await expect(decodeLink(`1.${Buffer.from(bomb).toString('base64url')}`)).rejects.toThrow(/damaged|longer/);
  await expect(decodeLink(`1.${'A'.repeat(100_000)}`)).rejects.toThrow(/too long/);
});

test('additions of a later version are ignored, and its version can be read', async () => {
  const text = (await linkOf({ ...HEAD, music: 'loud' })).replace(/^1/, '12');
  expect(versionOfLink(text)).toBe(12);
  expect(await decodeLink(text)).toMatchObject({ model: 'three' });
  expect(versionOfLink('title')).toBeNull();
});
