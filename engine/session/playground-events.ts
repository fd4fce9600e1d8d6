/** What a playground tells whoever listens. */
import type { CanvasLayout, Statistics } from '../automaton/types.ts';
import type { Model } from '../common/model/weights.ts';

export interface PlaygroundEvents {
  /** Another model runs. */
  model: Model;
  /** Another canvas, or another size of it. */
  layout: CanvasLayout;
  /** New figures were measured. */
  measured: Statistics;
  /** The figures of the second model, at the same time. */
  measuredSecond: Statistics;
  /** A second model runs beside the first, or no longer. */
  compared: Model | null;
  /** Another of the last steps is shown. */
  travelled: void;
  /** Why ways to compute the step are not used on this GPU, one sentence each. */
  rejected: readonly string[];
  /** The picture has another resolution because of the device's speed: this share of the screen's own. */
  resolution: number;
  /** The device is too slow for this model, and a coarser picture does not help. */
  overloaded: void;
  /** The GPU has taken the context back. */
  lost: void;
  /** The context is here again, and so is the ink. */
  restored: void;
  /** A frame or a restoration failed; nothing moves any more. */
  failed: unknown;
}
