/**
 * A session as plain data: its beginning, and everything that was done to the automaton with the number of steps in
 * between. Repeating it on the same renderer leads to the same state, bit for bit; `end.digest` verifies that.
 */
import * as v from 'valibot';
import { after, between, whole } from './event-fields.ts';
import { REPLAY_FORMAT } from './marks.ts';
import { operationEvents } from './operation-codec.ts';
import { countSchema, layoutSchema, settingsSchema, wordSchema } from '../../common/scene/scene.ts';

/** The version that this program writes and reads. */
export const REPLAY_VERSION = 1;

/** The limits of what is written and read. */
export const MOST_IMAGE_BYTES = 64 * 2 ** 20;
export const MOST_EVENTS = 200_000;
const MOST_MODELS = 16;

/** A fault in a replay. The message is one sentence for the user. */
export class ReplayError extends Error {
  override name = 'ReplayError';
}

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'is not base64'));
const edit = whole(0, MOST_EVENTS);

/** The meaning of each event is documented at the method of the simulation with the same name. */
const eventSchema = v.variant('do', [
  ...operationEvents,
  v.strictObject({ do: v.literal('begin'), after }),
  v.strictObject({ do: v.literal('end'), after, edit: v.nullable(edit) }),
  v.strictObject({ do: v.literal('revert'), after, edit, inverse: v.nullable(edit) }),
  v.strictObject({ do: v.literal('forget'), after, edit }),
  v.strictObject({ do: v.literal('reset'), after, seed: wordSchema }),
  v.strictObject({ do: v.literal('model'), after, model: whole(0, MOST_MODELS - 1), strategy: text(40) }),
  v.strictObject({ do: v.literal('layout'), after, layout: layoutSchema }),
  v.strictObject({ do: v.literal('strategy'), after, strategy: text(40) }),
  v.strictObject({
    do: v.literal('tune'),
    after,
    dropout: between(0, 1),
    noise: between(0, 1),
    firing: v.picklist(['block', 'cell']),
  }),
]);

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest'));

export const replaySchema = v.strictObject({
  format: v.literal(REPLAY_FORMAT),
  version: v.literal(REPLAY_VERSION),
  /** The name of the GPU, if the browser reported it. */
  renderer: text(400),
  /**
   * The models that run in the replay, in the order in which events number them. `bytes` is set if the model does not
   * come with the site.
   */
  models: v.pipe(
    v.array(v.strictObject({ name: text(100), digest, bytes: v.optional(base64) })),
    v.minLength(1),
    v.maxLength(MOST_MODELS),
  ),
  start: v.variant('kind', [
    /** An empty canvas at step 0 with the first of the models. */
    v.strictObject({ kind: v.literal('empty'), layout: layoutSchema, seed: wordSchema, strategy: text(40) }),
    /** A scene file, whose model is the first of the models. */
    v.strictObject({ kind: v.literal('scene'), bytes: base64 }),
  ]),
  /** The settings of the picture. The state does not depend on them. */
  settings: settingsSchema,
  events: v.pipe(v.array(eventSchema), v.maxLength(MOST_EVENTS)),
  /** All ink of `tile` and `stamp` events, one byte per cell, in the order of the events, compressed and in base64. */
  images: v.strictObject({ bytes: whole(0, MOST_IMAGE_BYTES), deflated: base64 }),
  end: v.strictObject({
    /** The number of steps after the last event. */
    after,
    /** The step that runs next. */
    step: countSchema,
    /** The digest of the state, see the page's `stateDigest`. */
    digest,
  }),
});

export type ReplayFile = v.InferOutput<typeof replaySchema>;
export type ReplayEvent = v.InferOutput<typeof eventSchema>;

/** Steps of a whole replay. */
export function stepsOf({ events, end }: Pick<ReplayFile, 'events' | 'end'>): number {
  return events.reduce((sum, event) => sum + event.after, end.after);
}
