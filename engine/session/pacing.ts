/**
 * How many steps a frame may issue, so that the target rate is reached if the GPU is fast enough and is reduced
 * otherwise, while the picture stays responsive. A frame issues nothing while the GPU is still working on an earlier
 * one.
 *
 * A device that cannot make a step and a picture sixty times a second gets longer frames instead: each has several steps
 * and one picture, so that most of the time goes into steps.
 */

/** The target for the GPU's work for one frame, in milliseconds: sixty frames a second. */
export const FRAME_MILLISECONDS = 1000 / 60;

/** A frame that took longer than this was late, unless the screen itself is that slow. */
export const LATE_MILLISECONDS = 1.25 * FRAME_MILLISECONDS;

/** The mean that is aimed at for the frames of a slow device: with some scatter, it still shows eight pictures a second. */
export const LONG_FRAME_MILLISECONDS = 122;

/** No long frame gets a step with which it is expected to take longer than this. */
const LONGEST_FRAME_MILLISECONDS = 170;

/** How much one long frame changes the number of steps of the next ones. One that took very long halves it. */
const LONG_FRAME_GAIN = 0.4;
const LEAST_FACTOR = 0.5;

/** This many late frames with one step each, one after the other, show that a device is slow. */
const SLOW_AFTER_FRAMES = 3;

/** The share of a short frame that steps and picture may take by the GPU's own clock. The rest is for the browser. */
const BUSY_SHARE = 0.85;

/** The maximum number of steps that one frame issues. */
const MOST_STEPS_A_FRAME = 64;

/** A tab that slept catches up on no more than this. */
const LONGEST_GAP_MILLISECONDS = 250;

/** While the user draws on a GPU that needs more than a frame for a step, the steps get this share of its time. */
const SHARE_WHILE_DRAWING = 0.25;

/** How much one measurement moves the running mean. */
const SMOOTHING = 0.2;

/**
 * How long a number of steps that was too high is not tried again. The time doubles every time that it is too high
 * again.
 */
const FIRST_PATIENCE_MILLISECONDS = 2000;
const LONGEST_PATIENCE_MILLISECONDS = 120_000;

/** The arithmetic of pacing, without a GPU. */
export class StepPacer {
  #owedSteps = 0;
  #lastMilliseconds: number | null = null;
  #lastStepMilliseconds = -Infinity;
  /** The number of steps that a short frame may issue, learned from how long earlier frames took. */
  #limit = 1;
  /** The mean number of steps of a long frame. What a frame leaves of it, less than a step, goes to the next one. */
  #longLimit = 1;
  #leftOver = 0;
  /** The number of steps that was in time when more were last tried and were late. */
  #ceiling = MOST_STEPS_A_FRAME;
  #ceilingUntilMilliseconds = -Infinity;
  #patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
  #slowStepMilliseconds = 0;
  /** Whether frames are long, because a step and a picture do not fit into a short one. */
  #isSlow = false;
  /** The number of late frames with a single step, up to now. */
  #lateSingles = 0;
  /** While this is in the future, short frames are not tried again. */
  #slowUntilMilliseconds = -Infinity;
  #slowPatienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
  /** Running means by the GPU's own clock, or null if it has none. */
  #stepMilliseconds: number | null = null;
  #drawMilliseconds: number | null = null;

  /** The number of steps that a frame may issue at present. */
  get limit(): number {
    if (this.#isSlow) return Math.floor(this.#longLimit + this.#leftOver);
    return Math.min(this.#limit, this.#affordable());
  }

  /** Whether frames are long, because a step and a picture do not fit into a short one. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** The GPU time of a step in milliseconds, or null if it is unknown. */
  get stepMilliseconds(): number | null {
    return this.#stepMilliseconds;
  }

  /** The GPU time of the picture in milliseconds, or null if it is unknown. */
  get drawMilliseconds(): number | null {
    return this.#drawMilliseconds;
  }

  /**
   * Returns the number of steps to issue now.
   *
   * @param drawing whether the user is painting right now
   * @param moving whether the view is moving, so that a long frame would make it jerk
   */
  due(nowMilliseconds: number, stepsPerSecond: number, drawing: boolean, moving = false): number {
    const elapsed = Math.min(nowMilliseconds - (this.#lastMilliseconds ?? nowMilliseconds), LONGEST_GAP_MILLISECONDS);
    this.#lastMilliseconds = nowMilliseconds;
    const owed = this.#owedSteps + (Math.max(0, elapsed) / 1000) * stepsPerSecond;
    const waitsForHand =
      drawing && nowMilliseconds - this.#lastStepMilliseconds < this.#slowStepMilliseconds / SHARE_WHILE_DRAWING;
    const most = this.#isSlow && (drawing || moving) ? 1 : this.limit;
    const steps = waitsForHand ? 0 : Math.min(Math.floor(owed), most);
    this.#leftOver = steps === most ? Math.max(0, this.#longLimit + this.#leftOver - steps) % 1 : 0;
    // A debt that the GPU cannot pay is dropped, so the rate decreases.
    this.#owedSteps = Math.min(owed - steps, 1);
    if (steps > 0) this.#lastStepMilliseconds = nowMilliseconds;
    return steps;
  }

  /** Learns the GPU time of a step. */
  tookStep(milliseconds: number): void {
    this.#stepMilliseconds = smoothed(this.#stepMilliseconds, milliseconds);
  }

  /** Learns the GPU time of the picture. */
  tookDraw(milliseconds: number): void {
    this.#drawMilliseconds = smoothed(this.#drawMilliseconds, milliseconds);
  }

  /**
   * Learns from a frame that the GPU has finished.
   *
   * @param milliseconds from issuing it until it was seen to be done; a short frame is rounded up to frames of the screen
   * @param late whether that was longer than it should be
   */
  finished(nowMilliseconds: number, steps: number, milliseconds: number, late: boolean): void {
    if (steps === 0) return;
    this.#judge(nowMilliseconds, steps, milliseconds, late);
    if (this.#isSlow) {
      this.#slowStepMilliseconds = late ? milliseconds / steps : 0;
      this.#fitLongFrame(steps, milliseconds);
      return;
    }
    if (!late) {
      this.#slowStepMilliseconds = 0;
      const mayTry = this.#limit < this.#ceiling || nowMilliseconds >= this.#ceilingUntilMilliseconds;
      if (steps >= this.#limit && mayTry) {
        this.#limit = Math.min(MOST_STEPS_A_FRAME, this.#limit + Math.ceil(this.#limit / 4));
      }
      return;
    }
    this.#slowStepMilliseconds = milliseconds / steps;
    if (steps > this.#ceiling) {
      // It was tried again, and was too high again.
      this.#patienceMilliseconds = Math.min(LONGEST_PATIENCE_MILLISECONDS, 2 * this.#patienceMilliseconds);
    }
    this.#limit = Math.max(1, Math.floor(Math.min(steps, this.#limit) * (FRAME_MILLISECONDS / milliseconds)));
    this.#ceiling = this.#limit;
    this.#ceilingUntilMilliseconds = nowMilliseconds + this.#patienceMilliseconds;
  }

  /** Forgets the steps that are due, for example after a pause or a lost context. */
  rest(): void {
    this.#owedSteps = 0;
    this.#lastMilliseconds = null;
  }

  /** Forgets the measurements, for example when the model or the size of the picture has changed. */
  relearn(): void {
    this.#stepMilliseconds = null;
    this.#drawMilliseconds = null;
    this.#longLimit = 1;
    this.#leftOver = 0;
    this.#ceiling = MOST_STEPS_A_FRAME;
    this.#ceilingUntilMilliseconds = -Infinity;
    this.#patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
    this.#slowUntilMilliseconds = -Infinity;
    this.#slowPatienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
  }

  /** Decides whether frames are short or long from now on. */
  #judge(now: number, steps: number, milliseconds: number, late: boolean): void {
    if (!this.#isSlow) {
      this.#lateSingles = late && steps === 1 ? this.#lateSingles + 1 : 0;
      if (this.#lateSingles < SLOW_AFTER_FRAMES) return;
      this.#isSlow = true;
      this.#longLimit = 1;
      this.#leftOver = 0;
      this.#slowUntilMilliseconds = now + this.#slowPatienceMilliseconds;
      this.#slowPatienceMilliseconds = Math.min(LONGEST_PATIENCE_MILLISECONDS, 2 * this.#slowPatienceMilliseconds);
      return;
    }
    // With a picture of its own, a step takes longer than this, so short frames would be late.
    if (milliseconds / steps > LATE_MILLISECONDS) return;
    if ((steps > 1 || late) && now < this.#slowUntilMilliseconds) return;
    this.#isSlow = false;
    this.#limit = 1;
    // Short frames are on trial.
    this.#lateSingles = SLOW_AFTER_FRAMES - 1;
  }

  #fitLongFrame(steps: number, milliseconds: number): void {
    const excess = milliseconds / LONG_FRAME_MILLISECONDS - 1;
    if (excess < 0 && steps < Math.floor(this.#longLimit)) return;
    // Without the GPU's own clock the picture's share of the frame is unknown.
    const stepMilliseconds = Math.max(this.#stepMilliseconds ?? milliseconds / steps, 1e-3);
    const most = Math.floor(steps + (LONGEST_FRAME_MILLISECONDS - milliseconds) / stepMilliseconds);
    const limit = this.#longLimit * Math.max(LEAST_FACTOR, 1 - LONG_FRAME_GAIN * excess);
    this.#longLimit = Math.max(1, Math.min(limit, most, MOST_STEPS_A_FRAME));
  }

  #affordable(): number {
    if (this.#stepMilliseconds === null) return MOST_STEPS_A_FRAME;
    const left = BUSY_SHARE * FRAME_MILLISECONDS - (this.#drawMilliseconds ?? 0);
    return Math.max(1, Math.floor(left / Math.max(this.#stepMilliseconds, 1e-3)));
  }
}

function smoothed(mean: number | null, value: number): number {
  return mean === null ? value : mean + SMOOTHING * (value - mean);
}

/** Reports, without waiting, whether the GPU has finished the work of a frame. */
export class FrameFence {
  readonly #gl: WebGL2RenderingContext;
  #sync: WebGLSync | null = null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** Marks the end of what has been issued so far. */
  raise(): void {
    const gl = this.#gl;
    this.drop();
    this.#sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** Whether the GPU has passed the mark. True if there is none. */
  passed(): boolean {
    if (!this.#sync) return true;
    const gl = this.#gl;
    const status = gl.clientWaitSync(this.#sync, 0, 0);
    if (status === gl.TIMEOUT_EXPIRED) return false;
    this.drop();
    return true;
  }

  drop(): void {
    if (this.#sync) this.#gl.deleteSync(this.#sync);
    this.#sync = null;
  }
}
