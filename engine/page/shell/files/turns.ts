/** Files take a while to be read: of those that replace the same part of the page, the ones that came last win. */

/** What came together. */
export interface Turn {
  /**
   * Begins to replace these parts, and ends what came earlier and replaces any of them.
   * @returns aborted as soon as something newer begins to replace one of them, at once if it has already
   */
  readonly begin: (parts: readonly string[]) => AbortSignal;
}

export class Turns {
  readonly #current = new Map<string, { readonly turn: number; readonly end: AbortController }>();
  #count = 0;

  /** The next one, newer than all before. */
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
