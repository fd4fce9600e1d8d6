/** All parsers of external data, each with valid inputs and the errors that it may throw. */
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { idxBytes, readIdx } from '../../page/features/digit-files/idx.ts';
import { KioskSettingsError } from '../../page/features/kiosk/settings.ts';
import { decodeKioskSettings } from '../../page/features/kiosk/settings-file.ts';
import { parseQuery } from '../../page/shell/query.ts';
import { acceptableSettings } from '../../session/settings-from-outside.ts';
import { INITIAL_VALUES } from '../../session/settings.ts';
import { TEXTS } from '../../page/features/digit-files/texts.ts';
import { gunzip, GunzipError } from '../../common/gzip/gunzip.ts';
import { sha256 } from '../../common/digest/sha256.ts';
import { DISTILL_SPECIFICATION } from '../../common/model/architectures.ts';
import { decodeModelFile, encodeModelFile, parseSpecificationText } from '../../common/model/file.ts';
import { decodeSafetensors, encodeSafetensors, float32Of } from '../../common/model/safetensors.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { ModelError } from '../../common/model/model-error.ts';
import { type Model, sizeOf, type Tensor, weightShapes } from '../../common/model/weights.ts';
import { ReplayError } from '../../session/replay/replay.ts';
import { decodeOperation } from '../../session/replay/operation-codec.ts';
import { decodeReplay, encodeReplay } from '../../session/replay/replay-file.ts';
import { operationOf } from '../../together/hand-operations.ts';
import { readFromHand } from '../../together/hands/hand-schema.ts';
import { encodeTile } from '../../together/hands/map-code.ts';
import { handActionSchema } from '../../together/messages.ts';
import { Hand, HAND_LIMITS } from '../kiosk/wall/hands/hand.ts';
import { MapKeeper } from '../kiosk/wall/hands/map-keeper.ts';
import { compress, inflate } from '../../common/scene/compression.ts';
import { SceneError } from '../../common/scene/scene.ts';
import { decodeScene, encodeScene } from '../../common/scene/scene-file.ts';
import { decodeLink, encodeLink } from '../../common/scene/scene-link.ts';

/** Identifier, version and length, before the compressed body. */
const SCENE_PRELUDE_BYTES = 16;

export interface FuzzTarget {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly read: (bytes: Uint8Array) => unknown;
  /** Whether it may throw this error; anything else is a fault. */
  readonly refuses: (error: unknown) => boolean;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Small, so that mutations hit the important parts. */
const specification: ModelSpecification = {
  ...DISTILL_SPECIFICATION,
  perceive: { kind: 'depthwise3x3', filters: 1, activation: 'relu' },
  update: [
    { kind: 'dense', units: 3, activation: 'relu' },
    { kind: 'dense', units: DISTILL_SPECIFICATION.channels.count - 1, activation: 'none' },
  ],
};

function smallModel(): Model {
  const weights = new Map<string, Tensor>();
  for (const [name, shape] of weightShapes(specification)) {
    weights.set(name, { shape, data: new Float32Array(sizeOf(shape)).fill(0.25) });
  }
  return { specification, weights };
}

function idxSeed(images: boolean): Uint8Array {
  const count = 3;
  const header = images ? [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28] : [0, 0, 8, 1, 0, 0, 0, count];
  return Uint8Array.from([...header, ...new Uint8Array(images ? count * 784 : count).fill(7)]);
}

/** What a hand's message leads to, as on the server of a wall. Whatever gets through is within bounds. */
function hearHand(text: string): string {
  const message = readFromHand(text);
  if (message?.kind !== 'stroke' && message?.kind !== 'stamp') return message?.kind ?? 'refused';
  const verdict = new Hand(HAND_LIMITS, 0).hear(message, false, 0);
  if (verdict.kind !== 'draw') return verdict.kind;
  v.parse(handActionSchema, verdict.action);
  const { event } = operationOf(verdict.action, 1);
  decodeOperation(event, new Uint8Array(1 << 16));
  return event.do;
}

/** The parsers, in the order in which the table names them. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  const model = encodeModelFile(smallModel());
  const layout = { columns: 2, rows: 1, tile: 8 };
  const ink = Uint8Array.from({ length: 128 }, (_, cell) => (cell % 3 === 0 ? 200 : 0));
  const labels = Int16Array.of(4, -1);
  const cells = Uint32Array.of(0, 3, 6);
  const { count: channels } = specification.channels;
  const scene = await encodeScene({
    layout,
    seed: 5,
    step: 12,
    draws: 3,
    slotShift: 6,
    channels,
    renderer: 'a renderer',
    strategy: 'texture',
    settings: { ...INITIAL_VALUES },
    camera: { x: 8, y: 4, zoom: 1 },
    ink,
    labels,
    cells,
    states: new Float32Array(cells.length * channels),
    model,
  });
  const link = await encodeLink({
    layout,
    seed: 1,
    model: 'accurate',
    settings: { noise: 0.5 },
    canvas: { ink, labels },
  });
  const replay = await encodeReplay({
    renderer: 'a renderer',
    models: [{ name: 'accurate', digest: sha256(model), bytes: model }],
    start: { kind: 'empty', layout: { columns: 2, rows: 1, tile: 28 }, seed: 1, strategy: 'texture' },
    settings: {},
    events: [
      { do: 'begin', after: 0 },
      { do: 'tile', after: 0, column: 0, row: 0, label: 3, keepState: false },
      { do: 'paint', after: 4, points: [1, 2, 1, 9.5, 8, 0.5], radius: 2, erase: false },
      { do: 'end', after: 0, edit: 0 },
      { do: 'revert', after: 2, edit: 0, inverse: 1 },
      { do: 'tune', after: 0, dropout: 0.5, noise: 0, firing: 'block' },
    ],
    images: new Uint8Array(784).fill(99),
    end: { after: 3, step: 9, digest: 'ab'.repeat(32) },
  });
  return [
    { name: 'KTX2 model', seeds: [model], read: decodeModelFile, refuses: (error) => error instanceof ModelError },
    {
      name: 'specification',
      seeds: [utf8(JSON.stringify(specification))],
      read: (bytes) => parseSpecificationText(textOf(bytes)),
      refuses: (error) => error instanceof ModelError,
    },
    {
      name: 'safetensors',
      seeds: [
        encodeSafetensors({
          tensors: new Map([['a', { dtype: 'F32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]]),
          metadata: { nca: '{}' },
        }),
      ],
      read: (bytes) => [...decodeSafetensors(bytes).tensors.values()].map(float32Of),
      refuses: (error) => error instanceof ModelError,
    },
    {
      name: 'IDX',
      seeds: [idxSeed(true), idxSeed(false)],
      read: (bytes) => readIdx(bytes.subarray(0, idxBytes(100)), bytes.length, 100, TEXTS.en),
      // Plain `Error`s in the page's language; programming errors have other classes.
      refuses: (error) => error instanceof Error && error.constructor === Error && error.message.endsWith('.'),
    },
    {
      name: 'gzip',
      seeds: [Uint8Array.from([...gzipSync(idxSeed(true)), ...gzipSync('more'), 0, 0, 0])],
      read: (bytes) => gunzip(bytes, 2 ** 20).length,
      refuses: (error) => error instanceof GunzipError,
    },
    { name: 'scene file', seeds: [scene], read: decodeScene, refuses: (error) => error instanceof SceneError },
    {
      // The part behind the checksum, which random damage never reaches.
      name: 'scene body',
      seeds: [await inflate(scene.subarray(SCENE_PRELUDE_BYTES), 'gzip', 2 ** 20)],
      read: async (bytes) => {
        const compressed = await compress(bytes, 'gzip');
        const file = new Uint8Array(SCENE_PRELUDE_BYTES + compressed.length);
        file.set(scene.subarray(0, SCENE_PRELUDE_BYTES));
        new DataView(file.buffer).setUint32(SCENE_PRELUDE_BYTES - 4, bytes.length, true);
        file.set(compressed, SCENE_PRELUDE_BYTES);
        return decodeScene(file);
      },
      refuses: (error) => error instanceof SceneError,
    },
    {
      name: 'scene link',
      seeds: [utf8(link.text)],
      read: (bytes) => decodeLink(textOf(bytes)),
      refuses: (error) => error instanceof SceneError,
    },
    { name: 'replay', seeds: [replay], read: decodeReplay, refuses: (error) => error instanceof ReplayError },
    {
      name: 'settings',
      seeds: [utf8(JSON.stringify(INITIAL_VALUES))],
      read: (bytes) => {
        let value: unknown;
        try {
          value = JSON.parse(textOf(bytes));
        } catch {
          return null;
        }
        return acceptableSettings({ ...(value as object) }, specification);
      },
      refuses: () => false,
    },
    {
      name: 'kiosk settings',
      seeds: [
        utf8(
          JSON.stringify({
            canvas: { columns: 3, rows: 2 },
            scenes: [
              { kind: 'rest', seconds: 30, caption: { en: 'a', de: 'b' }, hours: [{ from: '09:00', to: '10:00' }] },
            ],
          }),
        ),
      ],
      read: (bytes) => decodeKioskSettings(bytes, 'kiosk.json'),
      refuses: (error) => error instanceof KioskSettingsError,
    },
    {
      name: 'hand message',
      seeds: [
        '{"kind":"join","token":"ABCDEFGH1234"}',
        '{"kind":"return","key":"abcdefghijklmnop.1700000000.abcdefghijklmnopqrstuv"}',
        '{"kind":"stroke","n":1,"tool":"pen","begins":true,"points":[1,2,3,4.5]}',
        '{"kind":"stamp","n":1,"digit":7,"x":10,"y":-2}',
        '{"kind":"look","x":0,"y":0,"width":64,"height":64}',
      ].map(utf8),
      read: (bytes) => hearHand(textOf(bytes)),
      refuses: () => false,
    },
    {
      name: 'map of a wall',
      seeds: [
        encodeTile(
          1,
          Uint8Array.from({ length: 64 }, (_, cell) => cell >> 3),
        ),
      ],
      read: (bytes) => {
        const map = new MapKeeper({ columns: 2, rows: 2, tile: 8 });
        return map.take(bytes) ? true : 'refused';
      },
      refuses: () => false,
    },
    {
      name: 'query string',
      seeds: [
        utf8('?model=cax&seed=7&columns=8&rows=6&tile=28&dropout=0.5&rate=30&palette=safe&view=ink&paused=1&replay=a'),
      ],
      read: (bytes) => parseQuery(textOf(bytes)),
      refuses: () => false,
    },
  ];
}
