/**
 * Runs the simulation and draws the scene once per frame, but never faster than the GPU can follow.
 *
 * While a slow device works on a long frame, the loop asks the browser for one animation frame at most: each of them
 * takes time from a GPU that is software, even if nothing is drawn in it. Timers check whether the GPU has finished.
 */
import type { Cancel, Clock } from '../core/clock.ts';
import type { Device } from '../gpu/device.ts';
import { GpuTimer } from '../gpu/gpu-timer.ts';
import type { FrameReport } from './governor.ts';
import { FrameFence, LATE_MILLISECONDS, LONG_FRAME_MILLISECONDS, StepPacer } from './pacing.ts';

/** What the frame loop works on. */
export interface FrameHost {
  /** False while the context is not usable, for example after it was lost. */
  readonly live: boolean;
  /** The target number of steps per second; 0 while paused. */
  readonly stepsPerSecond: number;
  /** Whether the ink was changed and the simulation has yet to apply the change. */
  readonly edited: boolean;
  /** Whether the user is drawing right now. */
  readonly drawing: boolean;
  /** Whether the view is moving right now. */
  readonly moving: boolean;
  /** Whether the picture is out of date. */
  readonly stale: boolean;
  /** Applies edits and issues the given number of steps. */
  advance(steps: number): void;
  draw(): void;
  /** Called when the GPU has finished the work of a frame. The report is valid only during the call. */
  finished(nowMilliseconds: number, report: Readonly<FrameReport>): void;
  /** Called when a frame has thrown an error and the loop has stopped. */
  failed(error: unknown): void;
}

/** The time between two pictures on the slowest screen. If frames come more slowly, the page itself is late. */
const SLOWEST_SCREEN_MILLISECONDS = 100;

/**
 * On a slow device, the loop checks this often whether the GPU has finished a long frame. The GPU would idle for half of
 * a short frame on average if the loop only checked once in each.
 */
const POLL_MILLISECONDS = 4;

/**
 * A long frame seldom takes less than this share of the time that the one before it took. If it does, for example because
 * drawing begins, its end is seen late once.
 */
const FIRST_POLL_SHARE = 0.6;

/**
 * If no animation frame has come for this long, the loop asks for one instead of checking. A hidden page gets none, so the
 * loop rests until it is shown again.
 */
const HIDDEN_AFTER_MILLISECONDS = 200;

/** The period over which rates are counted. */
const RATE_WINDOW_MILLISECONDS = 1000;

export class FrameLoop {
  readonly #clock: Clock;
  readonly #host: FrameHost;
  readonly #device: Device;
  readonly #fence: FrameFence;
  readonly #pacer = new StepPacer();
  readonly #report: FrameReport = {
    milliseconds: 0,
    elapsedMilliseconds: 0,
    late: false,
    least: true,
    drawShare: null,
  };
  #stepTimer: GpuTimer | null = null;
  #drawTimer: GpuTimer | null = null;
  #isRunning = false;
  #cancelFrame: Cancel | null = null;
  #cancelPoll: Cancel | null = null;
  /** The time of the last frame of the screen. */
  #shownMilliseconds = 0;
  #isAwaiting = false;
  #issuedSteps = 0;
  #issuedMilliseconds = 0;
  /** How long it took until the last frame was seen to be finished, at most the target for a long one. */
  #frameMilliseconds = 0;
  /** Frames of the screen since work was last issued. */
  #framesWaited = 0;
  #windowStart = 0;
  #windowFrames = 0;
  #windowSteps = 0;
  #framesPerSecond = 0;
  #stepsPerSecond = 0;

  constructor(clock: Clock, device: Device, host: FrameHost) {
    this.#clock = clock;
    this.#device = device;
    this.#host = host;
    this.#fence = new FrameFence(device.gl);
  }

  /** The number of frames in the last second in which the page could respond. */
  get framesPerSecond(): number {
    return this.#framesPerSecond;
  }

  /** The number of steps that were issued in the last second. */
  get stepsPerSecond(): number {
    return this.#stepsPerSecond;
  }

  /** The GPU time of a step in milliseconds, or null if it is unknown. */
  get stepMilliseconds(): number | null {
    return this.#pacer.stepMilliseconds;
  }

  /** The GPU time of the picture in milliseconds, or null if it is unknown. */
  get drawMilliseconds(): number | null {
    return this.#pacer.drawMilliseconds;
  }

  /** Forgets the measurements, because the model or the size of the picture has changed. */
  relearn(): void {
    this.#pacer.relearn();
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#pacer.rest();
    this.#fence.drop();
    this.#isAwaiting = false;
    this.#stepTimer ??= GpuTimer.create(this.#device);
    this.#drawTimer ??= GpuTimer.create(this.#device);
    this.#windowStart = this.#clock.now();
    this.#request();
  }

  /** Stops the loop and frees its GPU objects, which {@link start} creates again. */
  stop(): void {
    this.#isRunning = false;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#cancelPoll?.();
    this.#cancelPoll = null;
    this.#fence.drop();
    this.#stepTimer?.dispose();
    this.#drawTimer?.dispose();
    this.#stepTimer = null;
    this.#drawTimer = null;
  }

  #request(): void {
    this.#cancelFrame ??= this.#clock.requestFrame(this.#frame);
  }

  readonly #frame = (now: number): void => {
    this.#cancelFrame = null;
    this.#shownMilliseconds = now;
    if (this.#host.live) this.#framesWaited += 1;
    this.#attempt(now);
    if (!this.#isRunning || this.#cancelPoll) return;
    if (this.#isLongFrame) this.#pollAfter(POLL_MILLISECONDS);
    else this.#request();
  };

  /** Checks whether the GPU has finished a long frame. */
  readonly #poll = (): void => {
    this.#cancelPoll = null;
    const now = this.#clock.now();
    const isShown = now - this.#shownMilliseconds <= HIDDEN_AFTER_MILLISECONDS;
    if (isShown && !this.#fence.passed()) {
      this.#pollAfter(POLL_MILLISECONDS);
      return;
    }
    if (isShown) this.#attempt(now);
    if (this.#isRunning) this.#request();
  };

  /** Whether the GPU works on a long frame. */
  get #isLongFrame(): boolean {
    return this.#isAwaiting && this.#pacer.isSlow && this.#issuedSteps > 0;
  }

  #pollAfter(milliseconds: number): void {
    if (!this.#isRunning) return;
    this.#cancelPoll?.();
    this.#cancelPoll = this.#clock.after(milliseconds, this.#poll);
  }

  #attempt(now: number): void {
    try {
      this.#work(now);
    } catch (error) {
      this.stop();
      this.#host.failed(error);
    }
  }

  #work(now: number): void {
    const host = this.#host;
    this.#count(now);
    if (!host.live) return;
    const isIdle = this.#fence.passed();
    this.#device.reads.frameBegins(isIdle);
    if (!isIdle) return;
    if (this.#isAwaiting) this.#learn(now);
    this.#windowFrames += 1;

    let steps = 0;
    if (host.stepsPerSecond > 0) steps = this.#pacer.due(now, host.stepsPerSecond, host.drawing, host.moving);
    else this.#pacer.rest();
    if (steps > 0 || host.edited) this.#advance(steps);
    const stale = host.stale;
    if (stale) this.#draw();
    if (steps > 0 || stale) {
      this.#isAwaiting = true;
      this.#issuedSteps = steps;
      this.#issuedMilliseconds = now;
      this.#framesWaited = 0;
      this.#windowSteps += steps;
      this.#fence.raise();
      if (this.#isLongFrame) {
        this.#pollAfter(Math.max(POLL_MILLISECONDS, FIRST_POLL_SHARE * this.#frameMilliseconds));
      }
    }
  }

  #advance(steps: number): void {
    // An edit alone would look like a step that costs nothing.
    const timer = steps > 0 ? this.#stepTimer : null;
    timer?.begin();
    this.#host.advance(steps);
    timer?.end(steps);
  }

  #draw(): void {
    this.#drawTimer?.begin();
    this.#host.draw();
    this.#drawTimer?.end();
  }

  /** Evaluates the frame that has just been finished. */
  #learn(now: number): void {
    // If an animation frame was quicker to see the end of a long frame, nothing is left to check.
    this.#cancelPoll?.();
    this.#cancelPoll = null;
    const wasLong = this.#isLongFrame;
    this.#isAwaiting = false;
    const pacer = this.#pacer;
    const step = this.#stepTimer?.take() ?? null;
    if (step !== null) pacer.tookStep(step);
    const draw = this.#drawTimer?.take() ?? null;
    if (draw !== null) pacer.tookDraw(draw);
    const milliseconds = now - this.#issuedMilliseconds;
    this.#frameMilliseconds = Math.min(milliseconds, LONG_FRAME_MILLISECONDS);
    // One frame is the shortest time that a screen of any rate can show. No screen is as slow as a page that is
    // blocked. The end of a long frame is seen without the screen.
    const isKnown = wasLong || this.#framesWaited > 1;
    const late = milliseconds > (isKnown ? LATE_MILLISECONDS : SLOWEST_SCREEN_MILLISECONDS);
    pacer.finished(now, this.#issuedSteps, milliseconds, late);

    const { stepMilliseconds, drawMilliseconds } = pacer;
    const report = this.#report;
    report.late = late;
    report.least = pacer.isSlow || pacer.limit <= 1 || this.#issuedSteps <= 1;
    // Long frames have as many steps as fit.
    report.milliseconds = pacer.isSlow ? milliseconds / Math.max(1, this.#issuedSteps) : milliseconds;
    report.elapsedMilliseconds = milliseconds;
    report.drawShare = null;
    if (stepMilliseconds !== null && drawMilliseconds !== null) {
      const work = this.#issuedSteps * stepMilliseconds + drawMilliseconds;
      report.drawShare = drawMilliseconds / work;
      // The GPU's clock shows improvements that are smaller than a whole frame of the screen.
      if (late) {
        report.milliseconds = Math.max(pacer.isSlow ? work / Math.max(1, this.#issuedSteps) : work, LATE_MILLISECONDS);
      }
    }
    this.#host.finished(now, report);
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
