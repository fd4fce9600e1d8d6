/**
 * Settings and a small canvas as a short text for an address: `VERSION.PAYLOAD`. The payload is base64url of raw
 * deflate of: 2 bytes for the length of the JSON, the JSON, and, if `canvas` says so, the ink (one byte per cell) and
 * the labels (one byte per tile, 255 if unknown). It does not contain the state: the cells decide again, with the same
 * random numbers.
 */
import * as v from 'valibot';
import { compress, inflate, InflateError } from './compression.ts';
import { cellsOf, faultOf, layoutSchema, SceneError, settingsSchema, wordSchema } from './scene.ts';

export const LINK_VERSION = 1;

/** Longer texts are cut off by programs that pass addresses on. A canvas that does not fit is left out. */
export const MOST_LINK_LENGTH = 8000;
/** Longer texts are refused before they are examined. */
const MOST_READ_LENGTH = 64 * 1024;
/** The maximum number of cells of a canvas in a link, whatever the length of the address. */
const MOST_CELLS = 2 ** 20;
const MOST_JSON_BYTES = 8 * 1024;
const UNKNOWN_LABEL = 255;

const headSchema = v.object({
  layout: layoutSchema,
  seed: wordSchema,
  /** The name of the model on the site that made the link. */
  model: v.pipe(v.string(), v.maxLength(64)),
  settings: settingsSchema,
  canvas: v.boolean(),
});

export interface LinkedScene {
  readonly layout: { readonly columns: number; readonly rows: number; readonly tile: number };
  readonly seed: number;
  readonly model: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Null if the canvas was too large for a link. */
  readonly canvas: { readonly ink: Uint8Array; readonly labels: Int16Array } | null;
}

/** Returns the text of a link, without the canvas if it is too large; `hasCanvas` says which. */
export async function encodeLink(scene: LinkedScene): Promise<{ text: string; hasCanvas: boolean }> {
  if (scene.canvas && cellsOf(scene.layout) <= MOST_CELLS) {
    const text = await encode(scene);
    if (text.length <= MOST_LINK_LENGTH) return { text, hasCanvas: true };
  }
  return { text: await encode({ ...scene, canvas: null }), hasCanvas: false };
}

/** The version that a link claims, or null if it is not a link of this kind at all. */
export function versionOfLink(text: string): number | null {
  const match = /^(\d{1,4})\./.exec(text);
  return match ? Number(match[1]) : null;
}

/**
 * Reads the text of a link. A link of another version is read as far as it has the same meaning.
 *
 * @throws SceneError that says what is wrong with it
 */
export async function decodeLink(text: string): Promise<LinkedScene> {
  if (versionOfLink(text) === null) throw new SceneError('The address holds no scene.');
  if (text.length > MOST_READ_LENGTH) throw new SceneError('The scene in the address is too long.');
  const body = await inflateBody(fromBase64Url(text.slice(text.indexOf('.') + 1)));
  const jsonBytes = body.length < 2 ? Infinity : body[0] | (body[1] << 8);
  if (2 + jsonBytes > body.length || jsonBytes > MOST_JSON_BYTES) throw damaged();
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(2, 2 + jsonBytes)));
  } catch (error) {
    throw damaged(error);
  }
  const result = v.safeParse(headSchema, value);
  if (!result.success) throw new SceneError(`The scene in the address has a fault: ${faultOf(result.issues)}.`);
  const { canvas: hasCanvas, ...head } = result.output;
  if (!hasCanvas) return { ...head, canvas: null };
  const rest = body.subarray(2 + jsonBytes);
  const cells = cellsOf(head.layout);
  const tiles = head.layout.columns * head.layout.rows;
  if (rest.length !== cells + tiles) {
    throw new SceneError(
      `The scene in the address contradicts itself: its canvas takes ${cells + tiles} bytes, not ${rest.length}.`,
    );
  }
  const labels = Int16Array.from(rest.subarray(cells), (label) => (label === UNKNOWN_LABEL ? -1 : label));
  return { ...head, canvas: { ink: rest.slice(0, cells), labels } };
}

async function encode({ canvas, ...head }: LinkedScene): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ ...head, canvas: canvas !== null }));
  const ink = canvas?.ink ?? new Uint8Array(0);
  const labels = Uint8Array.from(canvas?.labels ?? [], (label) => (label < 0 ? UNKNOWN_LABEL : label));
  const body = new Uint8Array(2 + json.length + ink.length + labels.length);
  body.set([json.length & 255, json.length >> 8]);
  body.set(json, 2);
  body.set(ink, 2 + json.length);
  body.set(labels, 2 + json.length + ink.length);
  return `${LINK_VERSION}.${toBase64Url(await compress(body, 'deflate-raw'))}`;
}

async function inflateBody(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await inflate(bytes, 'deflate-raw', 2 + MOST_JSON_BYTES + 2 * MOST_CELLS);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    throw damaged(error);
  }
}

function damaged(cause?: unknown): SceneError {
  return new SceneError('The scene in the address is damaged or cut off.', { cause });
}

function toBase64Url(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw damaged();
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch (error) {
    throw damaged(error);
  }
}
