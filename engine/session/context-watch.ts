/** Follows a GPU's context: whether it is available, and what has to be done when it is lost and restored. */

/** The callbacks for context events. */
export interface OnContext {
  /** The context has been lost. */
  lost(): void;
  /** Rebuilds the contents of the context. The attempt is abandoned if the context is lost again in the meantime. */
  restore(): Promise<void>;
  /** Everything has been restored. */
  restored(): void | Promise<void>;
  /** Restoring has failed although the context is available. */
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

  /** Whether the context is usable. This is false from a loss until everything has been restored. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Resolves when the context is usable, which is immediately unless it has been lost. */
  async whenLive(): Promise<void> {
    if (!this.#isLive) await new Promise<void>((resolve) => this.#whenLive.push(resolve));
  }

  /** Call this for a loss that occurred before the listeners were added. The context may already be back. */
  missedLoss(): void {
    this.#isLive = false;
    this.#losses += 1;
    if (!this.#gl.isContextLost()) this.#onRestored();
  }

  /** Stops following the context. */
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
    // Restorations run one after the other. A context that is lost again during restoration is restored once more.
    this.#restoring = this.#restoring
      .then(() => this.#restore(isOver))
      .catch((error: unknown) => {
        if (!isOver() && !this.#gl.isContextLost()) this.#on.failed(error);
      });
  };

  /** @param isOver whether the context has been lost again in the meantime, or is no longer needed */
  async #restore(isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    await this.#on.restore();
    if (isOver()) return;
    this.#isLive = true;
    for (const resolve of this.#whenLive.splice(0)) resolve();
    await this.#on.restored();
  }
}
