/** What others ask of the pointer on the canvas. */
import type { Point } from '../../../view/camera.ts';

export interface PointerInput {
  /** Brings the cursor's ring up to date after the camera moved. */
  refresh(): void;
  /** While it is held, the pointer drags the canvas. */
  holdDrag(held: boolean): void;
  /** Whether the pointer has dragged since {@link holdDrag}. */
  readonly dragged: boolean;
  /** Where the pointer hovers over the canvas, in cells, or null. */
  readonly hovered: Point | null;
}
