/** What a canvas changes automatically because of the device's speed, and whether it may do so at the moment. */
import type { Emitter } from '../core/events.ts';
import { type FrameReport, Governor } from './governor.ts';
import { Holds } from './holds.ts';
import type { Picture } from './picture.ts';
import type { PlaygroundEvents } from './playground-events.ts';
import type { Settings } from './settings.ts';

export class Adaptation {
  readonly #settings: Settings;
  readonly #picture: Picture;
  readonly #events: Emitter<PlaygroundEvents>;
  readonly #isSteady: () => boolean;
  readonly #governor = new Governor();
  readonly #holds = new Holds();
  #isAsked = false;

  /** @param isSteady whether the canvas is running on from its last step, with nothing else in control of it */
  constructor(settings: Settings, picture: Picture, events: Emitter<PlaygroundEvents>, isSteady: () => boolean) {
    this.#settings = settings;
    this.#picture = picture;
    this.#events = events;
    this.#isSteady = isSteady;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /**
   * Whether the page may adapt itself to the device. That is only the case while it is playing and nothing holds it.
   */
  get mayAdapt(): boolean {
    const { adapt, paused } = this.#settings.values;
    return adapt && !paused && this.#holds.isFree && this.#isSteady();
  }

  /** Whether nothing holds the page, see {@link hold}. */
  get isFree(): boolean {
    return this.#holds.isFree;
  }

  /**
   * Whether the user has requested a model, a size or a strategy, so that the page no longer switches the model
   * automatically.
   */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Call this when the user requests a model, a size or a strategy, even if it is the current one. */
  keepAsAsked(): void {
    this.#isAsked = true;
  }

  /** The page changes nothing automatically until the returned function is called, because a call is in progress. */
  hold(): () => void {
    return this.#holds.take();
  }

  /** Prevents a switch from the current model to a lighter one. */
  refuseLighterModel(): void {
    this.#governor.refuseLighter();
  }

  /** Takes a frame's report into account, and reduces the load if the device is too slow. */
  observe(nowMilliseconds: number, report: Readonly<FrameReport>): void {
    if (!this.mayAdapt) {
      this.#governor.rest();
      return;
    }
    const relief = this.#governor.observe(nowMilliseconds, report);
    if (relief === null) return;
    if (relief === 'lighter') this.#events.emit('overloaded', undefined);
    else this.#picture.resolution = this.#governor.resolution;
  }

  /** Forgets what was learned about the previous model or canvas. */
  relearn(): void {
    this.#governor.relearn();
  }

  /** Resets the adaptation if the settings do not allow it. */
  applySettings(): void {
    if (this.#settings.values.adapt) return;
    this.#governor.reset();
    this.#picture.resolution = 1;
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  // Frames of a hidden page do not show whether the device is too slow.
  readonly #onVisibility = (): void => this.#governor.rest();
}
