/** What the rest of the page uses of the pointer on the canvas. */
import type { Point } from '../../../view/camera.ts';

export interface PointerInput {
  /** Updates the cursor's ring after the camera has moved. */
  refresh(): void;
  /** Sets whether the pointer drags the canvas. */
  holdDrag(held: boolean): void;
  /** Whether the pointer has dragged since {@link holdDrag}. */
  readonly dragged: boolean;
  /** Where the pointer hovers over the canvas, in cells, or null. */
  readonly hovered: Point | null;
}
