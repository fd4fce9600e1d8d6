/** Shows the digit that the next stamp would drop, faintly and in its place, and the square that it would replace. */
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { DigitImage } from '../../../common/handwriting/draw-digit.ts';
import type { Camera, Point } from '../../../view/camera.ts';
import { elementById, makeElement } from '../elements.ts';
import type { Playground } from '../../../session/playground.ts';
import { placeStamp, stampSide } from '../../../session/stamp-placement.ts';

/**
 * Nobody aims more precisely than this, in CSS pixels. Within this distance of a tile's middle, a stamp snaps to it.
 */
const SNAP_PIXELS = 22;
const SNAP_SHARE_OF_TILE = 1 / 6;

/** Returns the distance from a tile's middle, in cells, within which a stamp snaps to it. */
export function stampSnapCells({ pixelsPerCell }: Camera, { tile }: CanvasLayout): number {
  return Math.max(SNAP_PIXELS / pixelsPerCell, tile * SNAP_SHARE_OF_TILE);
}

export class StampPreview {
  readonly #playground: Playground;
  readonly #outline: HTMLElement;
  readonly #picture = makeElement('canvas', 'stamp-preview');
  #drawn: DigitImage | null = null;

  constructor(playground: Playground, outline: HTMLElement) {
    this.#playground = playground;
    this.#outline = outline;
    this.#picture.setAttribute('aria-hidden', 'true');
    this.#picture.hidden = true;
    elementById('stage', HTMLElement).append(this.#picture);
  }

  hide(): void {
    this.#picture.hidden = true;
  }

  /** Shows what a stamp at a point of the screen would do. */
  show(position: Point): void {
    const { camera, editor, settings, simulation } = this.#playground;
    const { stamp, stampScale: scale, stampTurn: turn } = settings.values;
    const { layout } = simulation;
    const cell = camera.toCells(position);
    const isOnCanvas =
      cell.x >= 0 && cell.y >= 0 && cell.x < simulation.canvas.width && cell.y < simulation.canvas.height;
    const canStamp = isOnCanvas && editor.handwriting.canWrite(stamp);
    this.#outline.hidden = !canStamp;
    this.#picture.hidden = !canStamp;
    if (!canStamp) return;
    const place = placeStamp(cell, layout, stampSnapCells(camera, layout));
    const image = editor.handwriting.nextStamp(stamp, { scale, turn });
    this.#draw(image);
    const pane = camera.paneAt(position);
    this.#lay(this.#picture, pane, place, image.side, 0);
    if (place.tile) {
      const { column, row } = place.tile;
      const middle = { x: (column + 0.5) * layout.tile, y: (row + 0.5) * layout.tile };
      this.#lay(this.#outline, pane, middle, layout.tile, 0);
    } else {
      this.#lay(this.#outline, pane, place, stampSide({ scale, turn }), turn);
    }
  }

  #lay(element: HTMLElement, pane: number, middle: Point, sideCells: number, turn: number): void {
    const { camera } = this.#playground;
    const side = sideCells * camera.pixelsPerCell;
    const { x, y } = camera.toScreen(middle, pane);
    element.style.width = `${side}px`;
    element.style.height = `${side}px`;
    element.style.transform = `translate(${x - side / 2}px, ${y - side / 2}px) rotate(${turn}deg)`;
  }

  #draw(image: DigitImage): void {
    if (image === this.#drawn) return;
    this.#drawn = image;
    const { side, ink } = image;
    this.#picture.width = side;
    this.#picture.height = side;
    const pixels = new ImageData(side, side);
    ink.forEach((value, index) => {
      pixels.data[4 * index + 3] = value;
    });
    this.#picture.getContext('2d')?.putImageData(pixels, 0, 0);
  }
}
