import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, inflate, InflateError } from './compression.ts';
import { isSceneFile } from './identifier.ts';
import { decodeScene, encodeScene, MOST_BODY_BYTES, SCENE_VERSION } from './scene-file.ts';
import { type Scene, SceneError } from './scene.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const sceneOf = fc
  .record({
    layout: fc.record({ columns: fc.integer({ min: 1, max: 3 }), rows: fc.constant(2), tile: fc.constant(5) }),
    slots: fc.nat(20),
    channels: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ layout, slots, channels }) =>
    fc.record({
      layout: fc.constant(layout),
      channels: fc.constant(channels),
      seed: word,
      step: word,
      draws: word,
      slotShift: fc.constantFrom(7, 9, 11),
      renderer: fc.string({ maxLength: 30 }),
      strategy: fc.constant('texture'),
      settings: fc.constant({ dropout: 0.25, view: 'label', paused: true }),
      camera: fc.record({
        x: fc.double({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 }).map((x) => x + 0),
        y: fc.constant(3.5),
        zoom: fc.double({ noNaN: true, min: 1, max: 50 }),
      }),
      ink: bytes(layout.columns * layout.rows * 25),
      labels: fc
        .array(fc.integer({ min: -1, max: 9 }), {
          minLength: layout.columns * layout.rows,
          maxLength: layout.columns * layout.rows,
        })
        .map((labels) => Int16Array.from(labels)),
      cells: fc.array(word, { minLength: slots, maxLength: slots }).map((cells) => Uint32Array.from(cells)),
      states: bytes(4 * slots * channels).map((all) => new Float32Array(new Uint8Array(all).buffer)),
      model: bytes(40),
    }),
  );

/** States may be any bits, including NaN, so scenes are compared by bytes. */
function plain({ states, ...rest }: Scene): unknown {
  return { ...rest, states: [...new Uint32Array(new Float32Array(states).buffer)] };
}

/** A file of this version with any body. */
async function fileOf(body: Uint8Array, claimed = body.length, version = SCENE_VERSION): Promise<Uint8Array> {
  const compressed = await compress(body, 'gzip');
  const file = new Uint8Array(16 + compressed.length);
  file.set([0x89, 0x4e, 0x43, 0x41, 0x53, 0x0d, 0x0a, 0x1a]);
  new DataView(file.buffer).setUint32(8, version, true);
  new DataView(file.buffer).setUint32(12, claimed, true);
  file.set(compressed, 16);
  return file;
}

function bodyOf(head: unknown, rest = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const body = new Uint8Array(4 + json.length + rest.length);
  new DataView(body.buffer).setUint32(0, json.length, true);
  body.set(json, 4);
  body.set(rest, 4 + json.length);
  return body;
}

const HEAD = {
  layout: { columns: 1, rows: 1, tile: 5 },
  seed: 1,
  step: 2,
  draws: 3,
  slotShift: 7,
  channels: 4,
  renderer: 'r',
  strategy: 'texture',
  settings: {},
  camera: { x: 0, y: 0, zoom: 1 },
  slots: 1,
  modelBytes: 3,
};
const REST = new Uint8Array(25 + 2 + 4 + 16 + 3);

test('a scene comes back from its file bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(sceneOf, async (scene) => {
      expect(plain(await decodeScene(await encodeScene(scene)))).toEqual(plain(scene));
    }),
    { numRuns: 40 },
  );
});

test('a damaged, shortened or lengthened file is refused, or reads as the original', async () => {
  await fc.assert(
    fc.asyncProperty(sceneOf, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(2), async (scene, at, flip, kind) => {
      const file = await encodeScene(scene);
      const damaged =
        kind === 0
          ? file.slice(0, at % file.length)
          : kind === 1
            ? file.with(at % file.length, file[at % file.length] ^ flip)
            : Uint8Array.from([...file, flip]);
      await decodeScene(damaged).then(
        (read) => expect(plain(read)).toEqual(plain(scene)),
        (error: unknown) => expect(error).toBeInstanceOf(SceneError),
      );
    }),
    { numRuns: 120 },
  );
});

test('any bytes are read as a scene or refused in a sentence', async () => {
  const json = fc.dictionary(fc.constantFrom(...Object.keys(HEAD)), fc.jsonValue());
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((body) => body),
    fc.tuple(json, fc.boolean()).map(([head, based]) => bodyOf(based ? { ...HEAD, ...head } : head, REST)),
  );
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (body, wrapped) => {
      await decodeScene(wrapped ? await fileOf(body) : body).catch((error: unknown) => {
        expect(error).toBeInstanceOf(SceneError);
        expect((error as Error).message).toMatch(/^[A-Z].{10,400}\.$/s);
      });
    }),
    { numRuns: 120 },
  );
});

test('a file that holds less than it claims contradicts itself', async () => {
  const body = bodyOf(HEAD, REST);
  await expect(decodeScene(await fileOf(body, body.length + 1))).rejects.toThrow(
    `it holds ${body.length} bytes instead of ${body.length + 1}`,
  );
});

test('the smallest head is read with its parts', async () => {
  expect(await decodeScene(await fileOf(bodyOf(HEAD, REST)))).toMatchObject({ step: 2, camera: { zoom: 1 } });
});

test.each([
  ['claims 2³¹ cells', { layout: { columns: 1024, rows: 1024, tile: 46 } }, /layout.*too many cells/],
  ['claims 2³¹ slots', { slots: 2 ** 31 }, /slots/],
  ['claims more slots than it holds', { slots: 2 ** 24 }, /contradicts itself/],
  ['claims a model of a gigabyte', { modelBytes: 2 ** 30 }, /modelBytes/],
  ['has a step that is no whole number', { step: 1.5 }, /step/],
  ['has a setting that is a list', { settings: { view: [] } }, /settings\.view/],
  ['has a name that this version does not know', { extra: 1 }, /extra/],
  ['has a camera nowhere', { camera: { x: null, y: 0, zoom: 1 } }, /camera\.x/],
])('a file that %s is refused by name', async (_, changes, message) => {
  const file = await fileOf(bodyOf({ ...HEAD, ...changes }, REST));
  await expect(decodeScene(file)).rejects.toThrow(message);
});

test('a file of a newer version and a foreign file are refused as such', async () => {
  await expect(decodeScene(await fileOf(bodyOf(HEAD, REST), undefined, 2))).rejects.toThrow(/newer version/);
  await expect(decodeScene(await fileOf(bodyOf(HEAD, REST), undefined, 0))).rejects.toThrow(/no version 0/);
  await expect(decodeScene(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).rejects.toThrow('This is not a scene file.');
  expect(isSceneFile(new Uint8Array(0))).toBe(false);
});

test('a file that claims or holds far more than allowed takes no memory for it', async () => {
  const bomb = await fileOf(new Uint8Array(20 * 2 ** 20), 1000);
  expect(bomb.length).toBeLessThan(100_000);
  await expect(decodeScene(bomb)).rejects.toThrow(/damaged|contradicts/);
  await expect(decodeScene(await fileOf(bodyOf(HEAD, REST), MOST_BODY_BYTES))).rejects.toThrow(/too large/);
  await expect(inflate(await compress(new Uint8Array(5000), 'gzip'), 'gzip', 4999)).rejects.toThrow(InflateError);
});
