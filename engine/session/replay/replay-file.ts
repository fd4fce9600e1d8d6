/** The replay file: JSON that is fully checked before any of it is used. */
import * as v from 'valibot';
import { compress, inflate, InflateError } from '../../common/scene/compression.ts';
import { faultOf } from '../../common/scene/scene.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { MOST_STEPS } from './event-fields.ts';
import { MOST_REPLAY_BYTES, REPLAY_FORMAT } from './marks.ts';
import { imageBytesOf } from './operation-codec.ts';
import {
  MOST_EVENTS,
  MOST_IMAGE_BYTES,
  REPLAY_VERSION,
  ReplayError,
  type ReplayEvent,
  type ReplayFile,
  replaySchema,
  stepsOf,
} from './replay.ts';

/** A replay whose binary parts are bytes. */
export interface Replay extends Omit<ReplayFile, 'format' | 'version' | 'models' | 'start' | 'images'> {
  readonly models: readonly { readonly name: string; readonly digest: string; readonly bytes: Uint8Array | null }[];
  readonly start:
    Extract<ReplayFile['start'], { kind: 'empty' }> | { readonly kind: 'scene'; readonly bytes: Uint8Array };
  /** The ink of all events that have any, one after the other. */
  readonly images: Uint8Array;
}

/**
 * Returns the bytes of a replay's file.
 *
 * @throws ReplayError if it is too large for a file
 */
export async function encodeReplay(replay: Replay): Promise<Uint8Array<ArrayBuffer>> {
  const { models, start, images, renderer, settings, events, end } = replay;
  if (events.length > MOST_EVENTS || images.length > MOST_IMAGE_BYTES || stepsOf(replay) > MOST_STEPS) {
    throw new ReplayError('This session is too long for a replay.');
  }
  const file: ReplayFile = {
    format: REPLAY_FORMAT,
    version: REPLAY_VERSION,
    renderer,
    models: models.map(({ name, digest, bytes }) => ({ name, digest, ...(bytes ? { bytes: toBase64(bytes) } : {}) })),
    start: start.kind === 'scene' ? { kind: 'scene', bytes: toBase64(start.bytes) } : start,
    settings,
    events,
    images: { bytes: images.length, deflated: toBase64(await compress(images, 'deflate-raw')) },
    end,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(file)}\n`);
  if (bytes.length > MOST_REPLAY_BYTES) throw new ReplayError('This session is too large for a replay.');
  return bytes;
}

/**
 * Reads a replay's file.
 * @throws ReplayError that says what is wrong with it
 */
export async function decodeReplay(bytes: Uint8Array): Promise<Replay> {
  if (bytes.length > MOST_REPLAY_BYTES) {
    throw new ReplayError(`Replays have at most ${MOST_REPLAY_BYTES / 2 ** 20} MiB; this file has more.`);
  }
  const { format: _format, version: _version, ...file } = readFile(bytes);
  const expected = file.events.reduce((sum, event) => sum + imageBytesOf(event), 0);
  if (expected !== file.images.bytes) {
    throw new ReplayError(
      `The replay contradicts itself: its events need ${expected} bytes of ink, not ${file.images.bytes}.`,
    );
  }
  if (stepsOf(file) > MOST_STEPS) throw new ReplayError(`The replay has more than ${MOST_STEPS} steps.`);
  for (const event of file.events) {
    if (event.do === 'model' && event.model >= file.models.length) {
      throw new ReplayError(`The replay contradicts itself: it has no model ${event.model}.`);
    }
  }
  checkEdits(file.events);
  return {
    ...file,
    models: file.models.map((model) => ({
      ...model,
      bytes: model.bytes === undefined ? null : bytesOf(model.bytes, 'model'),
    })),
    start: file.start.kind === 'scene' ? { kind: 'scene', bytes: bytesOf(file.start.bytes, 'scene') } : file.start,
    images: await inflateImages(bytesOf(file.images.deflated, 'ink'), expected),
  };
}

function readFile(bytes: Uint8Array): ReplayFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ReplayError('This is not a replay: it is not valid JSON.');
  }
  const head = v.safeParse(v.object({ format: v.literal(REPLAY_FORMAT), version: v.number() }), value);
  if (!head.success) throw new ReplayError('This is not a replay file.');
  if (head.output.version > REPLAY_VERSION) {
    throw new ReplayError(
      `The replay was saved by a newer version of this page (format ${head.output.version}; this one reads ${REPLAY_VERSION}).`,
    );
  }
  const result = v.safeParse(replaySchema, value, { abortEarly: true });
  if (!result.success) throw new ReplayError(`The replay has a fault: ${faultOf(result.issues)}.`);
  return result.output;
}

/** Checks that every edit is made once, before it is undone, and not used after it is released. */
function checkEdits(events: readonly ReplayEvent[]): void {
  const known = new Set<number>();
  const make = (edit: number | null): void => {
    if (edit === null) return;
    if (known.has(edit)) throw new ReplayError(`The replay contradicts itself: it makes edit ${edit} twice.`);
    known.add(edit);
  };
  for (const event of events) {
    if (event.do === 'end') make(event.edit);
    if (event.do !== 'revert' && event.do !== 'forget') continue;
    if (!known.has(event.edit)) throw new ReplayError(`The replay contradicts itself: it has no edit ${event.edit}.`);
    if (event.do === 'revert') make(event.inverse);
    else known.delete(event.edit);
  }
}

function bytesOf(text: string, what: string): Uint8Array {
  const bytes = fromBase64(text);
  if (!bytes) throw new ReplayError(`The replay has a fault: its ${what} is not base64.`);
  return bytes;
}

async function inflateImages(deflated: Uint8Array, length: number): Promise<Uint8Array> {
  try {
    const images = await inflate(deflated, 'deflate-raw', length);
    if (images.length === length) return images;
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
  }
  throw new ReplayError('The ink in the replay is damaged or cut off.');
}
