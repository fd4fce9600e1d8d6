/** Follows a GPU's context: whether it is there, and what has to be done when it goes and when it returns. */

/** What goes with the context. */
export interface OnContext {
  /** The GPU has taken the context back. */
  lost(): void;
  /** Builds anew what the context had; given up where it goes again meanwhile. */
  restore(): Promise<void>;
  /** All is there again. */
  restored(): void | Promise<void>;
  /** Restoring failed, and the context is there all the same. */
  failed(error: unknown): void;
}

export class ContextWatch {
  readonly #gl: WebGL2RenderingContext;
  readonly #on: OnContext;
  #isLive = true;
  #isOver = false;
  #losses = 0;
  #restoring: Promise<void> = Promise.resolve();
  #whenLive: (() => void)[] = [];

  constructor(gl: WebGL2RenderingContext, on: OnContext) {
    this.#gl = gl;
    this.#on = on;
    gl.canvas.addEventListener('webglcontextlost', this.#onLost);
    gl.canvas.addEventListener('webglcontextrestored', this.#onRestored);
  }

  /** Whether there is something to work with: not from a loss until all is restored. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Settled when there is something to work with: at once, unless the context is away. */
  async whenLive(): Promise<void> {
    if (!this.#isLive) await new Promise<void>((resolve) => this.#whenLive.push(resolve));
  }

  /** To be told of a loss from before anybody listened here; the context may be back already. */
  missedLoss(): void {
    this.#isLive = false;
    this.#losses += 1;
    if (!this.#gl.isContextLost()) this.#onRestored();
  }

  /** Nobody wants the context any more. */
  dispose(): void {
    this.#isLive = false;
    this.#isOver = true;
    this.#gl.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.#gl.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault();
    this.#isLive = false;
    this.#losses += 1;
    this.#on.lost();
  };

  readonly #onRestored = (): void => {
    const losses = this.#losses;
    const isOver = (): boolean => this.#isOver || losses !== this.#losses;
    // One after the other: a context that is lost again while it is being restored is restored once more.
    this.#restoring = this.#restoring
      .then(() => this.#restore(isOver))
      .catch((error: unknown) => {
        if (!isOver() && !this.#gl.isContextLost()) this.#on.failed(error);
      });
  };

  /** @param isOver whether the context was lost again meanwhile, or nobody wants it any more */
  async #restore(isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    await this.#on.restore();
    if (isOver()) return;
    this.#isLive = true;
    for (const resolve of this.#whenLive.splice(0)) resolve();
    await this.#on.restored();
  }
}
