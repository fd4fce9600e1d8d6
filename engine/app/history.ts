/** Undo and redo of everything that changes ink, as the bytes before and after. */
import type { CellRectangle } from '../automaton/types.ts';

/** One change: the ink of a rectangle before and after it. */
export interface Change {
  readonly rectangle: CellRectangle;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** How far back it goes: by changes, and by the bytes they hold. */
const MOST_CHANGES = 500;
const MOST_BYTES = 96 * 2 ** 20;

/**
 * The smallest rectangle that holds every difference between two inks.
 * @param before `width` · height bytes, row by row
 * @returns null if there is no difference
 */
export function changedRectangle(before: Uint8Array, after: Uint8Array, width: number): CellRectangle | null {
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let index = 0; index < before.length; index += 1) {
    if (before[index] === after[index]) continue;
    const x = index % width;
    const y = (index - x) / width;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The bytes of a rectangle of an ink that is `width` cells wide. */
export function cutOut(ink: Uint8Array, width: number, rectangle: CellRectangle): Uint8Array {
  const cut = new Uint8Array(rectangle.width * rectangle.height);
  for (let row = 0; row < rectangle.height; row += 1) {
    const start = (rectangle.y + row) * width + rectangle.x;
    cut.set(ink.subarray(start, start + rectangle.width), row * rectangle.width);
  }
  return cut;
}

export class History {
  #past: Change[] = [];
  #future: Change[] = [];
  readonly #mostBytes: number;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Takes a change that was made; what had been undone before can no longer be redone. */
  record(before: Uint8Array, after: Uint8Array, width: number): void {
    const rectangle = changedRectangle(before, after, width);
    if (!rectangle) return;
    this.#past.push({
      rectangle,
      before: cutOut(before, width, rectangle),
      after: cutOut(after, width, rectangle),
    });
    this.#future = [];
    let bytes = this.#past.reduce((sum, change) => sum + 2 * change.before.length, 0);
    while (this.#past.length > MOST_CHANGES || (bytes > this.#mostBytes && this.#past.length > 1)) {
      bytes -= 2 * (this.#past.shift()?.before.length ?? 0);
    }
  }

  /** The change to take back, or undefined. */
  undo(): Change | undefined {
    const change = this.#past.pop();
    if (change) this.#future.push(change);
    return change;
  }

  /** The change to make again, or undefined. */
  redo(): Change | undefined {
    const change = this.#future.pop();
    if (change) this.#past.push(change);
    return change;
  }

  /** Forgets everything, as when the canvas is replaced. */
  clear(): void {
    this.#past = [];
    this.#future = [];
  }
}
