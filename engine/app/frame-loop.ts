/** Calls the simulation and the scene once a frame, never more than the GPU can follow. */
import type { Cancel, Clock } from '../core/clock.ts';
import { FrameFence, StepPacer } from './pacing.ts';

/** What a frame works on. */
export interface FrameHost {
  /** False while there is nothing to work with, as after a lost context. */
  readonly live: boolean;
  /** Steps a second that are wanted; 0 while paused. */
  readonly stepsPerSecond: number;
  /** Whether the ink was changed and the simulation has not taken it in yet. */
  readonly edited: boolean;
  /** Whether somebody is drawing just now. */
  readonly drawing: boolean;
  /** Whether the picture is out of date. */
  readonly stale: boolean;
  /** Takes edits in and issues so many steps. */
  advance(steps: number): void;
  draw(): void;
  /** A frame threw; the loop has stopped. */
  failed(error: unknown): void;
}

/** Over how long rates are counted. */
const RATE_WINDOW_MILLISECONDS = 1000;

export class FrameLoop {
  readonly #clock: Clock;
  readonly #host: FrameHost;
  readonly #fence: FrameFence;
  readonly #pacer = new StepPacer();
  #cancel: Cancel | null = null;
  #issuedSteps = 0;
  #issuedMilliseconds = 0;
  #framesWaited = 0;
  #windowStart = 0;
  #windowFrames = 0;
  #windowSteps = 0;
  #framesPerSecond = 0;
  #stepsPerSecond = 0;

  constructor(clock: Clock, gl: WebGL2RenderingContext, host: FrameHost) {
    this.#clock = clock;
    this.#host = host;
    this.#fence = new FrameFence(gl);
  }

  /** Frames of the last second in which the page could answer. */
  get framesPerSecond(): number {
    return this.#framesPerSecond;
  }

  /** Steps that were issued in the last second. */
  get stepsPerSecond(): number {
    return this.#stepsPerSecond;
  }

  start(): void {
    if (this.#cancel) return;
    this.#pacer.rest();
    this.#fence.drop();
    this.#framesWaited = 0;
    this.#windowStart = this.#clock.now();
    this.#request();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#fence.drop();
  }

  #request(): void {
    this.#cancel = this.#clock.requestFrame(this.#frame);
  }

  readonly #frame = (now: number): void => {
    try {
      this.#work(now);
    } catch (error) {
      this.stop();
      this.#host.failed(error);
      return;
    }
    if (this.#cancel) this.#request();
  };

  #work(now: number): void {
    const host = this.#host;
    this.#count(now);
    if (!host.live) return;
    this.#framesWaited += 1;
    if (!this.#fence.passed()) return;
    this.#pacer.finished(this.#issuedSteps, now - this.#issuedMilliseconds, this.#framesWaited);
    this.#issuedSteps = 0;
    this.#windowFrames += 1;

    let steps = 0;
    if (host.stepsPerSecond > 0) steps = this.#pacer.due(now, host.stepsPerSecond, host.drawing);
    else this.#pacer.rest();
    if (steps > 0 || host.edited) host.advance(steps);
    const stale = host.stale;
    if (stale) host.draw();
    if (steps > 0 || stale) {
      this.#issuedSteps = steps;
      this.#issuedMilliseconds = now;
      this.#framesWaited = 0;
      this.#windowSteps += steps;
      this.#fence.raise();
    }
  }

  #count(now: number): void {
    const elapsed = now - this.#windowStart;
    if (elapsed < RATE_WINDOW_MILLISECONDS) return;
    this.#framesPerSecond = (1000 * this.#windowFrames) / elapsed;
    this.#stepsPerSecond = (1000 * this.#windowSteps) / elapsed;
    this.#windowStart = now;
    this.#windowFrames = 0;
    this.#windowSteps = 0;
  }
}
