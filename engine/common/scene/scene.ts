/** A whole scene as plain data: everything that is needed to continue with it anywhere, with or without a GPU. */
import * as v from 'valibot';

/** The maximum number of cells of a scene, more than the textures of any GPU hold. */
const MOST_CELLS = 2 ** 26;
const MOST_SIDE = 1024;
const WORD = 2 ** 32 - 1;

/** A fault in a scene. The message is one sentence for the user. */
export class SceneError extends Error {
  override name = 'SceneError';
}

const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const finite = v.pipe(v.number(), v.finite());
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** Values of settings by name. The page decides which settings exist and which values they accept. */
export const settingsSchema = v.pipe(
  v.record(text(40), v.union([v.boolean(), finite, text(80)])),
  v.check((settings) => Object.keys(settings).length <= 100, 'holds more than 100 settings'),
);

export const layoutSchema = v.pipe(
  v.strictObject({ columns: whole(1, MOST_SIDE), rows: whole(1, MOST_SIDE), tile: whole(1, MOST_SIDE) }),
  v.check(({ columns, rows, tile }) => columns * rows * tile * tile <= MOST_CELLS, 'has too many cells'),
);

export const wordSchema = whole(0, WORD);

/** A count that never wraps around. */
export const countSchema = whole(0, Number.MAX_SAFE_INTEGER);

/** All of a scene except its arrays. */
export const sceneHeadSchema = v.strictObject({
  layout: layoutSchema,
  /** The seed of all random numbers. */
  seed: wordSchema,
  /** The step that runs next. */
  step: countSchema,
  /** How many slots have been assigned at random, which determines the slots of newly inked cells. */
  draws: countSchema,
  /** The base-2 logarithm of the width of the slot textures, which determines the slots that fire together. */
  slotShift: whole(0, 16),
  /** The number of channels of the state. */
  channels: whole(1, 64),
  /** The name of the GPU, if the browser reported it, and the strategy for computing the step. */
  renderer: text(400),
  strategy: text(40),
  settings: settingsSchema,
  /** The cell position in the middle of the screen, and the magnification; 1 shows the whole canvas. */
  camera: v.strictObject({ x: finite, y: finite, zoom: v.pipe(finite, v.minValue(0.01), v.maxValue(1e6)) }),
});

export type SceneHead = v.InferOutput<typeof sceneHeadSchema>;
export type SceneSettings = v.InferOutput<typeof settingsSchema>;

export interface Scene extends SceneHead {
  /** One byte per cell, row by row. */
  readonly ink: Uint8Array;
  /** The class of each tile in reading order, −1 where it is unknown. */
  readonly labels: Int16Array;
  /** The cell of each slot in use, in the order of the slots. */
  readonly cells: Uint32Array;
  /** [slot][channel], in the model's own channel order. */
  readonly states: Float32Array;
  /** The bytes of the model's file. */
  readonly model: Uint8Array;
}

/** The number of cells of a layout's canvas. */
export function cellsOf({ columns, rows, tile }: SceneHead['layout']): number {
  return columns * rows * tile * tile;
}

/** The first fault that a schema finds, for the end of a sentence. */
export function faultOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  const path = issue.path?.map(({ key }) => String(key).slice(0, 40)).join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue.message.slice(0, 200)}`;
}
