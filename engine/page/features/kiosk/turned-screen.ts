/** Detects when a screen was turned and the canvas no longer fits its shape, and chooses a canvas that fits. */
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { Extent } from '../../../view/camera.ts';
import { chooseLayout } from '../../../session/layout.ts';

/** How long to wait after a turn; a screen that is being set up turns more than once. */
const STEADY_MILLISECONDS = 3000;

export class TurnedScreen {
  readonly #asked: Partial<CanvasLayout>;
  #sinceMilliseconds: number | null = null;

  /** @param asked the requested size; the rest follows the screen */
  constructor(asked: Partial<CanvasLayout>) {
    this.#asked = asked;
  }

  /**
   * Returns the canvas that fits, once this one has not fitted the screen's shape for a while; otherwise null. Call it
   * regularly.
   */
  update(nowMilliseconds: number, screen: Extent, layout: CanvasLayout): CanvasLayout | null {
    const fitting = chooseLayout(screen, this.#asked);
    if (!isAcross(fitting, layout)) {
      this.#sinceMilliseconds = null;
      return null;
    }
    this.#sinceMilliseconds ??= nowMilliseconds;
    if (nowMilliseconds - this.#sinceMilliseconds < STEADY_MILLISECONDS) return null;
    // If the change fails, it is tried again after the same time.
    this.#sinceMilliseconds = nowMilliseconds;
    return fitting;
  }
}

function isAcross(one: CanvasLayout, other: CanvasLayout): boolean {
  return (one.columns - one.rows) * (other.columns - other.rows) < 0;
}
