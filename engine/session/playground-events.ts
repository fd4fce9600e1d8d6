/** The events of a playground. */
import type { CanvasLayout, Statistics } from '../automaton/types.ts';
import type { Model } from '../common/model/weights.ts';

export interface PlaygroundEvents {
  /** The model has changed. */
  model: Model;
  /** The canvas or its size has changed. */
  layout: CanvasLayout;
  /** New statistics were measured. */
  measured: Statistics;
  /** The statistics of the second model, at the same time. */
  measuredSecond: Statistics;
  /** A second model runs beside the first, or no longer does. */
  compared: Model | null;
  /** A different one of the last steps is shown. */
  travelled: void;
  /** One sentence for each strategy that is not used on this GPU. */
  rejected: readonly string[];
  /** The resolution of the picture has changed because of the device's speed, to this share of the screen's. */
  resolution: number;
  /** The device is too slow for this model, and a coarser picture does not help. */
  overloaded: void;
  /** The context has been lost. */
  lost: void;
  /** The context and the ink have been restored. */
  restored: void;
  /** A frame or a restoration has failed, and the canvas has stopped. */
  failed: unknown;
}
