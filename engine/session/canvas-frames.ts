/** What happens in a frame of the canvas: the steps, the picture, and the use of the measured times. */
import type { Clock } from '../core/clock.ts';
import type { Adaptation } from './adaptation.ts';
import type { Editor } from './editor.ts';
import type { Camera } from '../view/camera.ts';
import type { FrameHost } from './frame-loop.ts';
import type { FrameReport } from './governor.ts';
import { Holds } from './holds.ts';
import type { Picture } from './picture.ts';
import type { SecondModel } from './second-model.ts';
import type { Settings } from './settings.ts';
import type { Travel } from './travel.ts';

/** For this long after a stroke's last point, the user still counts as drawing. */
const DRAWING_MILLISECONDS = 150;

/** For this long after the view last moved, it still counts as moving. */
const MOVING_MILLISECONDS = 150;

/** While a number of steps is run that somebody waits for, pictures are at least this far apart. */
const WAITING_PICTURE_MILLISECONDS = 1000;

/** Controls what happens between steps; see {@link CanvasFrames.driver}. */
export interface StepDriver {
  /** @param run runs the given number of steps */
  advance(steps: number, run: (steps: number) => void): void;
}

interface FrameParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly models: Pick<SecondModel, 'simulations'>;
  readonly editor: Editor;
  readonly travel: Travel;
  readonly camera: Camera;
  readonly picture: Picture;
  readonly adaptation: Adaptation;
  readonly isLive: () => boolean;
  /** Called when a frame has thrown an error and the loop has stopped. */
  readonly failed: (error: unknown) => void;
}

export class CanvasFrames implements FrameHost {
  /** If set, the driver runs the steps. A replay uses this to repeat the recorded operations between the steps. */
  driver: StepDriver | null = null;
  /** Whether the ink, the state or the canvas has changed since the last frame. */
  edited = false;
  /** Resolves when the first canvas is complete and has been drawn. */
  readonly begun: Promise<void>;
  readonly #parts: FrameParts;
  #begin = (): void => undefined;
  #isReady = false;
  #lastEditMilliseconds = -Infinity;
  #lastMoveMilliseconds = -Infinity;
  #lastDrawMilliseconds = -Infinity;
  #drawnCamera = -1;
  readonly #waits = new Holds();

  constructor(parts: FrameParts) {
    this.#parts = parts;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    parts.editor.events.on('edited', () => {
      this.edited = true;
      this.#lastEditMilliseconds = parts.clock.now();
    });
  }

  /** Whether the first canvas is complete, so that steps may begin. Until then, waiting for the GPU would delay it. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Called when the first canvas is complete. */
  ready(): void {
    this.#isReady = true;
    void this.#parts.picture.first.then(this.#begin);
  }

  get live(): boolean {
    return this.#parts.isLive();
  }

  get stepsPerSecond(): number {
    const { settings, travel } = this.#parts;
    const { paused, stepsPerSecond } = settings.values;
    return paused || !this.#isReady || travel.isUnderWay ? 0 : stepsPerSecond;
  }

  get drawing(): boolean {
    return this.#parts.clock.now() - this.#lastEditMilliseconds < DRAWING_MILLISECONDS;
  }

  get moving(): boolean {
    return this.#parts.clock.now() - this.#lastMoveMilliseconds < MOVING_MILLISECONDS;
  }

  get stale(): boolean {
    const { clock, travel, picture } = this.#parts;
    if (travel.isUnderWay || !picture.isStale) return false;
    return this.#waits.isFree || clock.now() - this.#lastDrawMilliseconds >= WAITING_PICTURE_MILLISECONDS;
  }

  /** Draws fewer pictures until the returned function is called, because somebody waits for steps. */
  hurry(): () => void {
    // The picture there is will do for a while.
    if (this.#waits.isFree) this.#lastDrawMilliseconds = this.#parts.clock.now();
    return this.#waits.take();
  }

  advance(steps: number): void {
    this.edited = false;
    if (steps > 0) this.#parts.editor.changes.goOnFromHere();
    if (this.driver) this.driver.advance(steps, this.#run);
    else this.#run(steps);
  }

  draw(): void {
    const { clock, camera, picture } = this.#parts;
    const now = clock.now();
    if (camera.version !== this.#drawnCamera) this.#lastMoveMilliseconds = now;
    this.#drawnCamera = camera.version;
    this.#lastDrawMilliseconds = now;
    picture.draw();
  }

  finished(nowMilliseconds: number, report: Readonly<FrameReport>): void {
    this.#parts.adaptation.observe(nowMilliseconds, report);
  }

  failed(error: unknown): void {
    this.#parts.failed(error);
  }

  readonly #run = (steps: number): void => {
    for (const { time } of this.#parts.models.simulations) time.advance(steps);
  };
}
