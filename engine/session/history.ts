/** Undo and redo: two stacks of edits, bounded by their number and by their memory. */
import type { Edit } from '../automaton/edit-recorder.ts';

/** The limits of the history: the number of edits, and the bytes that they take. */
const MOST_EDITS = 500;
const MOST_BYTES = 96 * 2 ** 20;

/** The bytes of an edit for each cell that it touched: index, ink, place of the state. */
const BYTES_A_CELL = 9;

/** The part of an edit that {@link History} needs. */
type Undoable = Pick<Edit, 'step' | 'cells' | 'labels'>;

function bytesOf({ cells, labels }: Undoable): number {
  return cells.length * BYTES_A_CELL + labels.byteLength;
}

export class History<E extends Undoable> {
  #past: E[] = [];
  #future: E[] = [];
  /**
   * The number of edits, from the beginning of the past ones, that were made before the steps were last counted from 0.
   */
  #olderEdits = 0;
  readonly #forget: (edit: E) => void;
  readonly #mostBytes: number;

  /** @param forget is called with every edit that can no longer be undone or redone */
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

  /** Whether {@link undo} would find an edit that began at this step or earlier. */
  canUndoAt(step: number): boolean {
    return this.#past.some((edit, index) => index < this.#olderEdits || edit.step <= step);
  }

  /** Call this when the steps are counted from 0 again: all present edits were made before that. */
  restartSteps(): void {
    this.#olderEdits = this.#past.length;
  }

  /** Continues from an earlier step: edits that began later are discarded, and nothing can be redone. */
  goOnFrom(step: number): void {
    const newer = this.#past.splice(this.#olderEdits);
    this.#past.push(...newer.filter((edit) => edit.step <= step));
    this.#drop(newer.filter((edit) => edit.step > step));
    this.#drop(this.#future.splice(0));
  }

  /** Records an edit. What had been undone before can no longer be redone. */
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
   * Undoes the last edit.
   *
   * @param revert undoes an edit, and returns the edit that makes it again, or null if the edit had no effect
   * @returns whether there was an edit
   */
  undo(revert: (edit: E) => E | null): boolean {
    return this.#move(this.#past, this.#future, revert);
  }

  /** Redoes the edit that was last undone; see {@link undo}. */
  redo(revert: (edit: E) => E | null): boolean {
    return this.#move(this.#future, this.#past, revert);
  }

  /** Forgets everything, for example when the canvas is replaced. */
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
