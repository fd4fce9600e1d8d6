/**
 * Shows what the pointer would touch, in cells: the brush's ring or the stamp. The cursor consists of elements above
 * the canvas, so moving it costs the GPU nothing.
 */
import type { Point } from '../../../view/camera.ts';
import { elementById } from '../elements.ts';
import type { Playground } from '../../../session/playground.ts';
import { StampPreview } from './stamp-preview.ts';

export class BrushCursor {
  readonly #element = elementById('cursor', HTMLElement);
  readonly #playground: Playground;
  readonly #stamp: StampPreview;

  constructor(playground: Playground) {
    this.#playground = playground;
    this.#stamp = new StampPreview(playground, this.#element);
  }

  /** Shows the tool around a point of the screen, or hides it. */
  show(position: Point | null): void {
    const element = this.#element;
    const { camera, settings } = this.#playground;
    const { tool, brushRadius } = settings.values;
    const isStamp = tool === 'stamp';
    element.hidden = position === null;
    element.classList.toggle('square', isStamp);
    if (position && isStamp) {
      this.#stamp.show(position);
      return;
    }
    this.#stamp.hide();
    if (tool === 'inspect') element.hidden = true;
    if (!position || tool === 'inspect') return;
    const side = 2 * brushRadius * camera.pixelsPerCell;
    element.style.width = `${side}px`;
    element.style.height = `${side}px`;
    element.style.transform = `translate(${position.x - side / 2}px, ${position.y - side / 2}px)`;
  }
}
