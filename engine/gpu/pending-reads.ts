/** What the GPU has been asked for and the CPU has still to take. */
interface PendingRead {
  readonly fence: WebGLSync;
  /** Takes the result; called at once when the fence is found to have passed. */
  readonly take: () => void;
  readonly fail: () => void;
}

const POLL_MILLISECONDS = 4;

/** After so long without a frame, as in a tab in the background, results are taken between frames. */
const FRAMES_MISSED_MILLISECONDS = 100;

/**
 * Results on their way from the GPU.
 *
 * To take one whose fence has passed should cost nothing. But where the browser
 * puts the canvas on the screen without a GPU, it waits for all that was issued
 * since, whole frames. So results are taken at the beginning of a frame, before
 * more is issued, and not at all while something long is under way.
 */
export class PendingReads {
  readonly #gl: WebGL2RenderingContext;
  #reads: PendingRead[] = [];
  #frameMilliseconds = -Infinity;
  #holds = 0;
  #hasTimer = false;
  /** Tells when the GPU has done all that was issued, since no frame does. */
  #idle: WebGLSync | null = null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /**
   * Calls `take` when the GPU has done all that was issued so far.
   * @param fail is called instead if the context is lost before
   */
  add(take: () => void, fail: () => void): void {
    const gl = this.#gl;
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!fence) {
      fail();
      return;
    }
    gl.flush();
    this.#reads.push({ fence, take, fail });
    this.#setTimer();
  }

  /**
   * Call at the beginning of every frame of the screen.
   * @param isIdle whether the GPU has done all that frames have issued
   */
  frameBegins(isIdle: boolean): void {
    this.#frameMilliseconds = performance.now();
    this.#forgetIdle();
    if (isIdle && this.#reads.length > 0) this.#takeAll();
  }

  /** Takes no results until the returned function is called: much is issued that is no frame's. */
  hold(): () => void {
    let isHeld = true;
    this.#holds += 1;
    return () => {
      if (isHeld) this.#holds -= 1;
      isHeld = false;
    };
  }

  /** Fails everything that is on its way: with the context its fences are gone. */
  abandon(): void {
    this.#idle = null;
    for (const read of this.#reads.splice(0)) read.fail();
  }

  #takeAll(): void {
    const gl = this.#gl;
    const isLost = gl.isContextLost();
    if (this.#holds > 0 && !isLost) return;
    const reads = this.#reads;
    this.#reads = [];
    for (const read of reads) {
      const status = isLost ? gl.WAIT_FAILED : gl.clientWaitSync(read.fence, 0, 0);
      if (status === gl.TIMEOUT_EXPIRED) {
        this.#reads.push(read);
        continue;
      }
      gl.deleteSync(read.fence);
      if (status === gl.WAIT_FAILED) read.fail();
      else read.take();
    }
  }

  #setTimer(): void {
    if (this.#hasTimer) return;
    this.#hasTimer = true;
    setTimeout(() => {
      this.#hasTimer = false;
      if (performance.now() - this.#frameMilliseconds > FRAMES_MISSED_MILLISECONDS && this.#isIdle()) this.#takeAll();
      if (this.#reads.length > 0) this.#setTimer();
    }, POLL_MILLISECONDS);
  }

  /** Whether the GPU has done all that was issued before this was asked first since the last frame. */
  #isIdle(): boolean {
    const gl = this.#gl;
    if (gl.isContextLost()) return true;
    if (!this.#idle) {
      this.#idle = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      return false;
    }
    if (gl.clientWaitSync(this.#idle, 0, 0) === gl.TIMEOUT_EXPIRED) return false;
    this.#forgetIdle();
    return true;
  }

  #forgetIdle(): void {
    if (this.#idle) this.#gl.deleteSync(this.#idle);
    this.#idle = null;
  }
}
