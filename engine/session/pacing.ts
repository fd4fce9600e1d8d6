/**
 * How many steps a frame may issue, so that the wanted rate is met where the
 * GPU can and gives way where it cannot, while the picture keeps answering the
 * hand. A frame issues nothing while the GPU still works at an earlier one.
 */

/** What the GPU's work for one frame should take, milliseconds: sixty frames a second. */
export const FRAME_MILLISECONDS = 1000 / 60;

/** A frame that took longer was not in time, unless the screen itself is so slow. */
export const LATE_MILLISECONDS = 1.25 * FRAME_MILLISECONDS;

/** Share of a frame that steps and picture may take by the GPU's own clock; the rest is the browser's. */
const BUSY_SHARE = 0.85;

/** Steps that one frame issues at most. */
const MOST_STEPS_A_FRAME = 64;

/** A tab that slept owes no more than this. */
const LONGEST_GAP_MILLISECONDS = 250;

/** While somebody draws on a GPU that needs more than a frame for a step, steps get this share of its time. */
const SHARE_WHILE_DRAWING = 0.25;

/** How much one measurement moves the running mean. */
const SMOOTHING = 0.2;

/** For how long a number of steps that was too many is not tried again; doubled every time that it is. */
const FIRST_PATIENCE_MILLISECONDS = 2000;
const LONGEST_PATIENCE_MILLISECONDS = 120_000;

/** The arithmetic of pacing, without a GPU. */
export class StepPacer {
  #owedSteps = 0;
  #lastMilliseconds: number | null = null;
  #lastStepMilliseconds = -Infinity;
  /** Steps that a frame may issue; learnt from how long earlier frames took. */
  #limit = 1;
  /** So many steps were in time, and more were not, when that was last tried. */
  #ceiling = MOST_STEPS_A_FRAME;
  #ceilingUntilMilliseconds = -Infinity;
  #patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
  #slowStepMilliseconds = 0;
  /** Running means by the GPU's own clock, null where it has none. */
  #stepMilliseconds: number | null = null;
  #drawMilliseconds: number | null = null;

  /** Steps that a frame may issue at present. */
  get limit(): number {
    return Math.min(this.#limit, this.#affordable());
  }

  /** What the GPU needs for a step by its own clock, milliseconds; null where that is not known. */
  get stepMilliseconds(): number | null {
    return this.#stepMilliseconds;
  }

  /** What the GPU needs for the picture by its own clock, milliseconds; null where that is not known. */
  get drawMilliseconds(): number | null {
    return this.#drawMilliseconds;
  }

  /**
   * Steps to issue now.
   * @param drawing whether somebody has painted just now
   */
  due(nowMilliseconds: number, stepsPerSecond: number, drawing: boolean): number {
    const elapsed = Math.min(nowMilliseconds - (this.#lastMilliseconds ?? nowMilliseconds), LONGEST_GAP_MILLISECONDS);
    this.#lastMilliseconds = nowMilliseconds;
    const owed = this.#owedSteps + (Math.max(0, elapsed) / 1000) * stepsPerSecond;
    const waitsForHand =
      drawing && nowMilliseconds - this.#lastStepMilliseconds < this.#slowStepMilliseconds / SHARE_WHILE_DRAWING;
    const steps = waitsForHand ? 0 : Math.min(Math.floor(owed), this.limit);
    // A debt that the GPU cannot pay is dropped: the rate gives way.
    this.#owedSteps = Math.min(owed - steps, 1);
    if (steps > 0) this.#lastStepMilliseconds = nowMilliseconds;
    return steps;
  }

  /** Learns what a step took by the GPU's own clock. */
  tookStep(milliseconds: number): void {
    this.#stepMilliseconds = smoothed(this.#stepMilliseconds, milliseconds);
  }

  /** Learns what the picture took by the GPU's own clock. */
  tookDraw(milliseconds: number): void {
    this.#drawMilliseconds = smoothed(this.#drawMilliseconds, milliseconds);
  }

  /**
   * Learns from a frame that the GPU has finished.
   * @param milliseconds from its issue until it was seen to be done, rounded up to frames of the screen
   * @param late whether that was more than it should be
   */
  finished(nowMilliseconds: number, steps: number, milliseconds: number, late: boolean): void {
    if (steps === 0) return;
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
      // Tried again, and too many again.
      this.#patienceMilliseconds = Math.min(LONGEST_PATIENCE_MILLISECONDS, 2 * this.#patienceMilliseconds);
    }
    this.#limit = Math.max(1, Math.floor(Math.min(steps, this.#limit) * (FRAME_MILLISECONDS / milliseconds)));
    this.#ceiling = this.#limit;
    this.#ceilingUntilMilliseconds = nowMilliseconds + this.#patienceMilliseconds;
  }

  /** Forgets what is owed, as after a pause or a lost context. */
  rest(): void {
    this.#owedSteps = 0;
    this.#lastMilliseconds = null;
  }

  /** Forgets what was measured, as when another model runs or the picture has another size. */
  relearn(): void {
    this.#stepMilliseconds = null;
    this.#drawMilliseconds = null;
    this.#ceiling = MOST_STEPS_A_FRAME;
    this.#ceilingUntilMilliseconds = -Infinity;
    this.#patienceMilliseconds = FIRST_PATIENCE_MILLISECONDS;
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

/** Tells, without waiting, when the GPU has done a frame's work. */
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

  /** Whether the GPU has passed the mark; true where there is none. */
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
