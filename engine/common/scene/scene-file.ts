/**
 * The scene file: eight bytes that distinguish it from all other files, the version of the format, the length of the
 * body, and the body compressed with gzip, whose checksum detects damage. All numbers are little-endian. The body:
 *
 * | bytes                     | hold                                             |
 * | ------------------------- | ------------------------------------------------ |
 * | 4                         | length of the JSON                               |
 * | …                         | JSON: {@link SceneHead}, `slots`, `modelBytes`   |
 * | cells                     | ink                                              |
 * | 2 · tiles                 | labels                                           |
 * | 4 · slots                 | the cell of each slot                            |
 * | 4 · slots · channels      | states                                           |
 * | `modelBytes`              | the model's file                                 |
 */
import * as v from 'valibot';
import { compress, inflate, InflateError, MOST_INFLATION } from './compression.ts';
import { IDENTIFIER, isSceneFile } from './identifier.ts';
import { cellsOf, faultOf, type Scene, SceneError, sceneHeadSchema } from './scene.ts';

/** The version that this program writes and reads. */
export const SCENE_VERSION = 1;

const PRELUDE_BYTES = IDENTIFIER.length + 8;

/** The maximum size of a body that is written or read. */
export const MOST_BODY_BYTES = 512 * 2 ** 20;
const MOST_JSON_BYTES = 64 * 1024;
const MOST_MODEL_BYTES = 128 * 2 ** 20;
const MOST_SLOTS = 2 ** 24;

const headSchema = v.strictObject({
  ...sceneHeadSchema.entries,
  slots: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_SLOTS)),
  modelBytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_MODEL_BYTES)),
});

/**
 * Returns the bytes of a scene's file.
 *
 * @throws SceneError if the scene is too large for a file
 */
export async function encodeScene(scene: Scene): Promise<Uint8Array<ArrayBuffer>> {
  const { ink, labels, cells, states, model, ...rest } = scene;
  const head = { ...rest, slots: cells.length, modelBytes: model.length };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const parts = [Uint32Array.of(json.length), json, ink, labels, cells, states, model];
  const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (length > MOST_BODY_BYTES) {
    throw new SceneError(`This scene takes ${megabytes(length)}; at most ${megabytes(MOST_BODY_BYTES)} can be saved.`);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  const compressed = await compress(body, 'gzip');
  const file = new Uint8Array(PRELUDE_BYTES + compressed.length);
  file.set(IDENTIFIER);
  const view = new DataView(file.buffer);
  view.setUint32(IDENTIFIER.length, SCENE_VERSION, true);
  view.setUint32(IDENTIFIER.length + 4, length, true);
  file.set(compressed, PRELUDE_BYTES);
  return file;
}

/**
 * Reads a scene's file. Uses no more memory than the file can really fill.
 *
 * @throws SceneError that says what is wrong with it
 */
export async function decodeScene(bytes: Uint8Array): Promise<Scene> {
  if (!isSceneFile(bytes)) throw new SceneError('This is not a scene file.');
  if (bytes.length < PRELUDE_BYTES) throw new SceneError('The scene file is cut off.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(IDENTIFIER.length, true);
  if (version > SCENE_VERSION) {
    throw new SceneError(
      `The scene was saved by a newer version of this page (format ${version}; this one reads ${SCENE_VERSION}).`,
    );
  }
  if (version < 1) throw new SceneError(`There is no version ${version} of the scene file.`);
  const length = view.getUint32(IDENTIFIER.length + 4, true);
  const compressed = bytes.subarray(PRELUDE_BYTES);
  if (length > MOST_BODY_BYTES || length > compressed.length * MOST_INFLATION) {
    throw new SceneError(
      `The scene file contradicts itself or is too large: its ${compressed.length} bytes are supposed to unpack to ${length}.`,
    );
  }
  return readBody(await inflateBody(compressed, length));
}

async function inflateBody(compressed: Uint8Array, length: number): Promise<Uint8Array> {
  let body: Uint8Array;
  try {
    body = await inflate(compressed, 'gzip', length);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    throw new SceneError('The scene file is damaged or cut off.', { cause: error });
  }
  if (body.length !== length) {
    throw new SceneError(`The scene file contradicts itself: it holds ${body.length} bytes instead of ${length}.`);
  }
  return body;
}

function readBody(body: Uint8Array): Scene {
  const jsonBytes = body.length < 4 ? Infinity : new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  if (jsonBytes > MOST_JSON_BYTES || 4 + jsonBytes > body.length) {
    throw new SceneError('The scene file contradicts itself: its description is too long.');
  }
  const { slots, modelBytes, ...head } = readHead(body.subarray(4, 4 + jsonBytes));
  const { layout, channels } = head;
  const cellCount = cellsOf(layout);
  const sizes = [cellCount, 2 * layout.columns * layout.rows, 4 * slots, 4 * slots * channels, modelBytes];
  const expected = sizes.reduce((sum, size) => sum + size, 4 + jsonBytes);
  if (expected !== body.length) {
    throw new SceneError(`The scene file contradicts itself: its parts take ${expected} bytes, not ${body.length}.`);
  }
  let offset = 4 + jsonBytes;
  // These are copies, because the parts are not aligned, and so that none of them keeps all the others in memory.
  const [ink, labels, cells, states, model] = sizes.map((size) => {
    offset += size;
    return body.slice(offset - size, offset);
  });
  return {
    ...head,
    ink,
    labels: new Int16Array(labels.buffer),
    cells: new Uint32Array(cells.buffer),
    states: new Float32Array(states.buffer),
    model,
  };
}

function readHead(json: Uint8Array): v.InferOutput<typeof headSchema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new SceneError('The description in the scene file is not valid JSON.');
  }
  const result = v.safeParse(headSchema, value);
  if (!result.success) throw new SceneError(`The scene file has a fault: ${faultOf(result.issues)}.`);
  return result.output;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
