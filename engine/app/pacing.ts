/**
 * How many steps a frame may issue, so that the wanted rate is met where the
 * GPU can and gives way where it cannot, while the picture keeps answering the
 * hand. A frame issues nothing while the GPU still works at an earlier one.
 */

/** Steps that one frame issues at most. */
const MOST_STEPS_A_FRAME = 64;

/** A tab that slept owes no more than this. */
const LONGEST_GAP_MILLISECONDS = 250;

/** While somebody draws on a GPU that needs more than a frame for a step, steps get this share of its time. */
const SHARE_WHILE_DRAWING = 0.25;

/** The arithmetic of pacing, without a GPU. */
export class StepPacer {
  #owedSteps = 0;
  #lastMilliseconds: number | null = null;
  #lastStepMilliseconds = -Infinity;
  /** Steps that a frame may issue; learnt from how long earlier frames took. */
  #limit = 1;
  #slowStepMilliseconds = 0;

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
    const steps = waitsForHand ? 0 : Math.min(Math.floor(owed), this.#limit);
    // A debt that the GPU cannot pay is dropped: the rate gives way.
    this.#owedSteps = Math.min(owed - steps, 1);
    if (steps > 0) this.#lastStepMilliseconds = nowMilliseconds;
    return steps;
  }

  /**
   * Learns from a frame that the GPU has finished.
   * @param framesWaited frames that came while it was at work; 1 is as fast as can be told
   */
  finished(steps: number, milliseconds: number, framesWaited: number): void {
    if (steps === 0) return;
    if (framesWaited <= 1) {
      this.#slowStepMilliseconds = 0;
      if (steps >= this.#limit) this.#limit = Math.min(MOST_STEPS_A_FRAME, this.#limit + Math.ceil(this.#limit / 4));
    } else {
      this.#limit = Math.max(1, Math.floor(Math.min(steps, this.#limit) / framesWaited));
      this.#slowStepMilliseconds = milliseconds / steps;
    }
  }

  /** Forgets what is owed, as after a pause or a lost context. */
  rest(): void {
    this.#owedSteps = 0;
    this.#lastMilliseconds = null;
  }
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
