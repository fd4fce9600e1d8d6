/** Reading files takes a while. If several replace the same part of the page, the ones that arrived last win. */

/** Files that arrived together. */
export interface Turn {
  /**
   * Begins to replace these parts, and ends earlier turns that replace any of them.
   * @returns a signal that is aborted when a newer turn begins to replace one of the parts; it is already aborted if
   * one has
   */
  readonly begin: (parts: readonly string[]) => AbortSignal;
}

export class Turns {
  readonly #current = new Map<string, { readonly turn: number; readonly end: AbortController }>();
  #count = 0;

  /** Returns the next turn, which is newer than all before. */
  next(): Turn {
    this.#count += 1;
    const turn = this.#count;
    return { begin: (parts) => this.#begin(turn, parts) };
  }

  #begin(turn: number, parts: readonly string[]): AbortSignal {
    const own = { turn, end: new AbortController() };
    for (const part of parts) {
      const other = this.#current.get(part);
      if (other && other.turn > turn) own.end.abort();
    }
    if (own.end.signal.aborted) return own.end.signal;
    for (const part of parts) {
      this.#current.get(part)?.end.abort();
      this.#current.set(part, own);
    }
    return own.end.signal;
  }
}
