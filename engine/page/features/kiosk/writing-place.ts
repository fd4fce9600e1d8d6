/** Clears a place to write: the digits around it fade away, the nearest first. */
import type { Playground } from '../../../session/playground.ts';
import type { Point } from '../../../view/camera.ts';
import { comeNear, writingScale } from '../../shell/pointer/writing-scale.ts';

/** Side of the square that is shown to write in, in cells: that of a digit, with some space … */
export const PLACE_CELLS = 32;
/** … and of the square from which all ink is removed, if it is on the same tiles. */
const CLEARED_CELLS = 56;

/** The time for ink to fade; ink that is further away starts later. */
const FADE_SECONDS = 0.25;
const CELLS_A_SECOND = 160;

/** The height of a digit that people write on a wall screen, as a share of the stage's shorter side. */
const DIGIT_SHARE = 1 / 6;

/** Ink that is fading. */
interface Fading {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The ink before. */
  readonly before: Uint8Array;
  /** The ink as it was last set; if a cell has different ink now, a guest has painted it. */
  readonly left: Uint8Array;
  /** Cells that a guest has painted. */
  readonly isTaken: Uint8Array;
  /** When each cell starts to fade. */
  readonly delaySeconds: Float32Array;
  readonly seconds: number;
  readonly startMilliseconds: number;
}

export class WritingPlace {
  readonly #playground: Playground;
  readonly #tiles = new Set<number>();
  #fading: Fading | null = null;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** Tiles that were cleared, as numbers in reading order. */
  get tiles(): ReadonlySet<number> {
    return this.#tiles;
  }

  /**
   * Zooms in on a point of the stage until it is large enough to write there, and starts to remove the ink around it.
   * @returns the middle of the place, in cells
   */
  clear(at: Point): Point {
    const { camera, simulation } = this.#playground;
    const { width, height } = camera.stage;
    comeNear(camera, writingScale(camera.stage, DIGIT_SHARE * Math.min(width, height)), at);
    const { columns, rows, tile } = simulation.layout;
    const [from, to] = [camera.toCells({ x: 0, y: 0 }), camera.toCells({ x: width, y: height })];
    const touched = camera.toCells(at);
    // The whole place is visible and on the canvas.
    const centre = {
      x: between(touched.x, Math.max(0, from.x), Math.min(simulation.canvas.width, to.x)),
      y: between(touched.y, Math.max(0, from.y), Math.min(simulation.canvas.height, to.y)),
    };
    const half = CLEARED_CELLS / 2;
    const left = Math.max(0, Math.floor((centre.x - half) / tile));
    const top = Math.max(0, Math.floor((centre.y - half) / tile));
    const right = Math.min(columns, Math.ceil((centre.x + half) / tile));
    const bottom = Math.min(rows, Math.ceil((centre.y + half) / tile));
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        this.#tiles.add(row * columns + column);
        simulation.edits.apply({ kind: 'label', column, row, label: null });
      }
    }
    this.#begin(
      { x: left * tile, y: top * tile, width: (right - left) * tile, height: (bottom - top) * tile },
      touched,
    );
    return centre;
  }

  /** Call when everything was replaced, so that no tile is clear any more. */
  forget(): void {
    this.#tiles.clear();
    this.#fading = null;
  }

  /** Continues fading the ink; call every frame. */
  update(nowMilliseconds: number): void {
    const fading = this.#fading;
    if (!fading) return;
    const elapsed = (nowMilliseconds - fading.startMilliseconds) / 1000;
    this.#fade(fading, elapsed);
    if (elapsed >= fading.seconds) this.#fading = null;
  }

  #begin(place: { x: number; y: number; width: number; height: number }, from: Point): void {
    const { clock, simulation } = this.#playground;
    const count = place.width * place.height;
    const before = new Uint8Array(count);
    const delaySeconds = new Float32Array(count);
    let latest = 0;
    for (let cell = 0; cell < count; cell += 1) {
      const x = place.x + (cell % place.width);
      const y = place.y + Math.floor(cell / place.width);
      before[cell] = simulation.canvas.inkOf(y * simulation.canvas.width + x);
      delaySeconds[cell] = Math.hypot(x - from.x, y - from.y) / CELLS_A_SECOND;
      latest = Math.max(latest, delaySeconds[cell]);
    }
    this.#fading = {
      ...place,
      before,
      left: before.slice(),
      isTaken: new Uint8Array(count),
      delaySeconds,
      seconds: latest + FADE_SECONDS,
      startMilliseconds: clock.now(),
    };
    this.#fade(this.#fading, 0);
  }

  #fade({ x, y, width, height, before, left, isTaken, delaySeconds }: Fading, elapsedSeconds: number): void {
    const { simulation } = this.#playground;
    for (let cell = 0; cell < before.length; cell += 1) {
      const now = simulation.canvas.inkOf(
        (y + Math.floor(cell / width)) * simulation.canvas.width + x + (cell % width),
      );
      if (now !== left[cell]) isTaken[cell] = 1;
      const gone = Math.min(1, Math.max(0, (elapsedSeconds - delaySeconds[cell]) / FADE_SECONDS));
      // From the first moment on, the ink is a little lighter than before, to distinguish what a guest paints over it.
      left[cell] = isTaken[cell] ? now : Math.max(0, Math.round(before[cell] * (1 - gone)) - 1);
    }
    const options = { combine: 'replace', keepState: true } as const;
    simulation.edits.apply({ kind: 'stamp', ink: left, rectangle: { x, y, width, height }, options });
  }
}

/** Keeps a place of {@link PLACE_CELLS} around `centre` within bounds, or centres it if it does not fit. */
function between(centre: number, low: number, high: number): number {
  const half = PLACE_CELLS / 2;
  if (high - low <= 2 * half) return (low + high) / 2;
  return Math.min(Math.max(centre, low + half), high - half);
}
