/** Undo and redo: two stacks of edits, bounded by their number and by the memory that they take. */
import type { Edit } from '../automaton/edit-recorder.ts';

/** How far back it goes: by edits, and by the bytes that they hold. */
const MOST_EDITS = 500;
const MOST_BYTES = 96 * 2 ** 20;

/** Of an edit, for each cell that it touched: index, ink, place of the state. */
const BYTES_A_CELL = 9;

/** What {@link History} works with; the rest of an edit is not its affair. */
type Undoable = Pick<Edit, 'step' | 'cells' | 'labels'>;

function bytesOf({ cells, labels }: Undoable): number {
  return cells.length * BYTES_A_CELL + labels.byteLength;
}

export class History<E extends Undoable> {
  #past: E[] = [];
  #future: E[] = [];
  /** Of the past edits so many, the first, were made before the steps were last counted from 0. */
  #olderEdits = 0;
  readonly #forget: (edit: E) => void;
  readonly #mostBytes: number;

  /** @param forget is told of every edit that can no longer be undone or redone */
  constructor(forget: (edit: E) => void, mostBytes = MOST_BYTES) {
    this.#forget = forget;
    this.#mostBytes = mostBytes;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Whether {@link undo} would find an edit that began at this step or before. */
  canUndoAt(step: number): boolean {
    return this.#past.some((edit, index) => index < this.#olderEdits || edit.step <= step);
  }

  /** The steps are counted from 0 again: all edits there are were made before. */
  restartSteps(): void {
    this.#olderEdits = this.#past.length;
  }

  /** Somebody goes on from an earlier step: edits that began later have not been made, and none can be made again. */
  goOnFrom(step: number): void {
    const newer = this.#past.splice(this.#olderEdits);
    this.#past.push(...newer.filter((edit) => edit.step <= step));
    this.#drop(newer.filter((edit) => edit.step > step));
    this.#drop(this.#future.splice(0));
  }

  /** Takes an edit that was made; what had been undone before can no longer be redone. */
  record(edit: E): void {
    this.#past.push(edit);
    this.#drop(this.#future.splice(0));
    let bytes = this.#past.reduce((sum, one) => sum + bytesOf(one), 0);
    let tooMany = 0;
    while (this.#past.length - tooMany > MOST_EDITS || (bytes > this.#mostBytes && this.#past.length - tooMany > 1)) {
      bytes -= bytesOf(this.#past[tooMany]);
      tooMany += 1;
    }
    this.#drop(this.#past.splice(0, tooMany));
    this.#olderEdits = Math.max(0, this.#olderEdits - tooMany);
  }

  /**
   * Takes the last edit back.
   * @param revert does so, and returns the edit that makes it again, or null if there was nothing to it
   * @returns whether there was one
   */
  undo(revert: (edit: E) => E | null): boolean {
    return this.#move(this.#past, this.#future, revert);
  }

  /** Makes the last edit again that was undone; see {@link undo}. */
  redo(revert: (edit: E) => E | null): boolean {
    return this.#move(this.#future, this.#past, revert);
  }

  /** Forgets everything, as when the canvas is replaced. */
  clear(): void {
    this.#olderEdits = 0;
    this.#drop(this.#past.splice(0));
    this.#drop(this.#future.splice(0));
  }

  #move(from: E[], to: E[], revert: (edit: E) => E | null): boolean {
    const edit = from.pop();
    if (!edit) return false;
    this.#olderEdits = Math.min(this.#olderEdits, this.#past.length);
    const inverse = revert(edit);
    if (inverse) to.push(inverse);
    this.#forget(edit);
    return true;
  }

  #drop(edits: readonly E[]): void {
    for (const edit of edits) this.#forget(edit);
  }
}
