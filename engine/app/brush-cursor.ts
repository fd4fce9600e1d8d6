/**
 * The ring that shows what the pointer would touch, in cells. It is an element
 * above the canvas: moving it costs the GPU nothing.
 */
import type { Point } from '../view/camera.ts';
import { elementById } from './elements.ts';
import type { Playground } from './playground.ts';

export class BrushCursor {
  readonly #element = elementById('cursor', HTMLElement);
  readonly #playground: Playground;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Shows the ring around a point of the screen, or hides it. */
  show(position: Point | null): void {
    const element = this.#element;
    element.hidden = position === null;
    if (!position) return;
    const { camera, settings, simulation } = this.#playground;
    const { tool, brushRadius } = settings.values;
    const isStamp = tool === 'stamp';
    element.classList.toggle('square', isStamp);
    const { tile } = simulation.layout;
    const side = (isStamp ? tile : 2 * brushRadius) * camera.pixelsPerCell;
    let { x, y } = position;
    if (isStamp) {
      const cell = camera.toCells(position);
      const middle = { x: (Math.floor(cell.x / tile) + 0.5) * tile, y: (Math.floor(cell.y / tile) + 0.5) * tile };
      ({ x, y } = camera.toScreen(middle));
    }
    element.style.width = `${side}px`;
    element.style.height = `${side}px`;
    element.style.transform = `translate(${x - side / 2}px, ${y - side / 2}px)`;
  }
}
