/** Says when a screen was turned, so that its canvas lies across it, and which canvas fits now. */
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { Extent } from '../../../view/camera.ts';
import { chooseLayout } from '../../../session/layout.ts';

/** A screen that is being set up turns more than once. */
const STEADY_MILLISECONDS = 3000;

export class TurnedScreen {
  readonly #asked: Partial<CanvasLayout>;
  #sinceMilliseconds: number | null = null;

  /** @param asked what was asked for; the rest follows the screen */
  constructor(asked: Partial<CanvasLayout>) {
    this.#asked = asked;
  }

  /** The canvas that fits, once the screen has been across this one for a while; else null. Call now and then. */
  update(nowMilliseconds: number, screen: Extent, layout: CanvasLayout): CanvasLayout | null {
    const fitting = chooseLayout(screen, this.#asked);
    if (!isAcross(fitting, layout)) {
      this.#sinceMilliseconds = null;
      return null;
    }
    this.#sinceMilliseconds ??= nowMilliseconds;
    if (nowMilliseconds - this.#sinceMilliseconds < STEADY_MILLISECONDS) return null;
    // Should the change fail, it is tried again as late.
    this.#sinceMilliseconds = nowMilliseconds;
    return fitting;
  }
}

function isAcross(one: CanvasLayout, other: CanvasLayout): boolean {
  return (one.columns - one.rows) * (other.columns - other.rows) < 0;
}
