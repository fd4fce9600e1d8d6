/** What a canvas changes by itself because of the device, and whether it may do so at the moment. */
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

  /** @param isSteady whether the canvas runs on from its last step, with nothing else in charge of it */
  constructor(settings: Settings, picture: Picture, events: Emitter<PlaygroundEvents>, isSteady: () => boolean) {
    this.#settings = settings;
    this.#picture = picture;
    this.#events = events;
    this.#isSteady = isSteady;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Whether the page may change something by itself because of the device: only while it plays and nobody holds it. */
  get mayAdapt(): boolean {
    const { adapt, paused } = this.#settings.values;
    return adapt && !paused && this.#holds.isFree && this.#isSteady();
  }

  /** Whether nobody holds the page, see {@link hold}. */
  get isFree(): boolean {
    return this.#holds.isFree;
  }

  /** Whether somebody has asked for a model, a size or a strategy, so that the page takes no other model by itself. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** To be called when somebody asks for a model, a size or a strategy, be it the one that there is. */
  keepAsAsked(): void {
    this.#isAsked = true;
  }

  /** Until the returned function is called, the page changes nothing by itself: a call is under way. */
  hold(): () => void {
    return this.#holds.take();
  }

  /** No lighter model is to be taken for the one that runs. */
  refuseLighterModel(): void {
    this.#governor.refuseLighter();
  }

  /** Takes a frame's report into account, and gives way where the device is too slow. */
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

  /** Another model or canvas: what was learnt of the old one does not hold. */
  relearn(): void {
    this.#governor.relearn();
  }

  /** Nothing gives way where the settings do not let it. */
  applySettings(): void {
    if (this.#settings.values.adapt) return;
    this.#governor.reset();
    this.#picture.resolution = 1;
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  // Frames that nobody sees are none that the device was too slow for.
  readonly #onVisibility = (): void => this.#governor.rest();
}
