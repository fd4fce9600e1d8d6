/**
 * Which part of the canvas a screen shows while the show zooms: all screens together are one window, which moves. The
 * leader says where it is several times a second; in between, every screen computes the same from the server's time.
 */
import type { Region } from '../../../together/geometry.ts';
import type { FromServer } from '../../../together/messages.ts';
import type { Extent } from '../../../view/camera.ts';

export type View = FromServer['show']['view'];

interface TimedView extends View {
  /** In the server's time. */
  readonly time: number;
}

/** After a rest, the window begins to move this long before the next view. */
const STEP_MILLISECONDS = 100;

/** Shows everything. */
export function wholeView({ width, height }: Extent): View {
  return { x: width / 2, y: height / 2, zoom: 1 };
}

export class WallView {
  readonly #canvas: Extent;
  /** The present view, and those that follow. */
  #views: TimedView[];
  readonly #shown = { x: 0, y: 0, width: 0, height: 0 };

  /** @param canvas the size of the canvas in cells */
  constructor(canvas: Extent) {
    this.#canvas = canvas;
    this.#views = [{ ...wholeView(canvas), time: -Infinity }];
  }

  take({ view, time }: FromServer['show']): void {
    const last = this.#views[this.#views.length - 1];
    if (time <= last.time) this.#views = [];
    else if (time - last.time > 2 * STEP_MILLISECONDS) this.#views.push({ ...last, time: time - STEP_MILLISECONDS });
    this.#views.push({ ...view, time });
  }

  /**
   * The part of the canvas that a screen shows at a moment of the server's time. The result is valid until the next call.
   *
   * @param region what the screen shows of the whole canvas
   */
  regionAt(time: number, region: Region): Region {
    const views = this.#views;
    while (views.length > 1 && views[1].time <= time) views.shift();
    const from = views[0];
    const to = views[Math.min(1, views.length - 1)];
    const share = to === from ? 0 : Math.min(1, Math.max(0, (time - from.time) / (to.time - from.time)));
    const zoom = mix(from.zoom, to.zoom, share);
    this.#shown.x = mix(from.x, to.x, share) + (region.x - this.#canvas.width / 2) / zoom;
    this.#shown.y = mix(from.y, to.y, share) + (region.y - this.#canvas.height / 2) / zoom;
    this.#shown.width = region.width / zoom;
    this.#shown.height = region.height / zoom;
    return this.#shown;
  }
}

function mix(one: number, other: number, share: number): number {
  return one + share * (other - one);
}
