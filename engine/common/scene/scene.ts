/** A whole scene as plain data: what has to be known to go on with it anywhere, with or without a GPU. */
import * as v from 'valibot';

/** Cells that a scene may have; more than any GPU's textures. */
const MOST_CELLS = 2 ** 26;
const MOST_SIDE = 1024;
const WORD = 2 ** 32 - 1;

/** A fault of a scene; the message is one sentence for the user. */
export class SceneError extends Error {
  override name = 'SceneError';
}

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const finite = v.pipe(v.number(), v.finite());
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** Values of settings by name; which there are, and what they may be, is the page's affair. */
export const settingsSchema = v.pipe(
  v.record(text(40), v.union([v.boolean(), finite, text(80)])),
  v.check((settings) => Object.keys(settings).length <= 100, 'holds more than 100 settings'),
);

export const layoutSchema = v.pipe(
  v.strictObject({ columns: whole(1, MOST_SIDE), rows: whole(1, MOST_SIDE), tile: whole(1, MOST_SIDE) }),
  v.check(({ columns, rows, tile }) => columns * rows * tile * tile <= MOST_CELLS, 'has too many cells'),
);

export const wordSchema = whole(0, WORD);

/** A count that never starts over. */
export const countSchema = whole(0, Number.MAX_SAFE_INTEGER);

/** All of a scene but its arrays. */
export const sceneHeadSchema = v.strictObject({
  layout: layoutSchema,
  /** Of all chance. */
  seed: wordSchema,
  /** The step that runs next. */
  step: countSchema,
  /** How often chance has dealt out a slot: where newly inked cells come to lie depends on it. */
  draws: countSchema,
  /** Base-2 logarithm of the width of the slot textures; which slots fire together depends on it. */
  slotShift: whole(0, 16),
  /** Channels of the state. */
  channels: whole(1, 64),
  /** Name of the GPU, as far as the browser told it, and the way in which it computed the step. */
  renderer: text(400),
  strategy: text(40),
  settings: settingsSchema,
  /** The cell position in the middle of the screen, and the magnification; 1 shows the whole canvas. */
  camera: v.strictObject({ x: finite, y: finite, zoom: v.pipe(finite, v.minValue(0.01), v.maxValue(1e6)) }),
});

export type SceneHead = v.InferOutput<typeof sceneHeadSchema>;
export type SceneSettings = v.InferOutput<typeof settingsSchema>;

export interface Scene extends SceneHead {
  /** One byte a cell, row by row. */
  readonly ink: Uint8Array;
  /** Class of each tile in reading order, −1 where it is not known. */
  readonly labels: Int16Array;
  /** Cell of each slot in use, in the order of the slots. */
  readonly cells: Uint32Array;
  /** [slot][channel], in the model's own channel order. */
  readonly states: Float32Array;
  /** Bytes of the model's file. */
  readonly model: Uint8Array;
}

/** Cells of a layout's canvas. */
export function cellsOf({ columns, rows, tile }: SceneHead['layout']): number {
  return columns * rows * tile * tile;
}

/** The first fault that a schema finds, for the end of a sentence. */
export function faultOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const path = issue.path?.map(({ key }) => String(key).slice(0, 40)).join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue.message.slice(0, 200)}`;
}
