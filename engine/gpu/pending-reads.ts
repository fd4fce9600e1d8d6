/** A result that was requested from the GPU and that the CPU has yet to read. */
interface PendingRead {
  readonly fence: WebGLSync;
  /** Reads the result. Called as soon as the fence is found to have passed. */
  readonly take: () => void;
  readonly fail: () => void;
}

const POLL_MILLISECONDS = 4;

/** After this time without a frame, for example in a background tab, results are read between frames. */
const FRAMES_MISSED_MILLISECONDS = 250;

/**
 * Results that are on their way from the GPU.
 *
 * Reading a result whose fence has passed should cost nothing. But if the browser puts the canvas on the screen without
 * a GPU, it waits for everything issued since then, which can be whole frames. Results are therefore read at the
 * beginning of a frame, before more is issued, and not at all while something long is in progress.
 */
export class PendingReads {
  readonly #gl: WebGL2RenderingContext;
  #reads: PendingRead[] = [];
  #frameMilliseconds = -Infinity;
  #holds = 0;
  #hasTimer = false;
  /** Shows when the GPU has finished everything that was issued, if no frame does. */
  #idle: WebGLSync | null = null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /**
   * Calls `take` when the GPU has finished everything issued so far.
   *
   * @param fail called instead if the context is lost before that
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
   * Call this before the work of a frame is issued, and in animation frames in which there is none.
   *
   * @param isIdle whether the GPU has finished everything that frames have issued
   */
  frameBegins(isIdle: boolean): void {
    this.#frameMilliseconds = performance.now();
    this.#forgetIdle();
    if (isIdle && this.#reads.length > 0) this.#takeAll();
  }

  /** Reads no results until the returned function is called, because much is being issued outside of frames. */
  hold(): () => void {
    let isHeld = true;
    this.#holds += 1;
    return () => {
      if (isHeld) this.#holds -= 1;
      isHeld = false;
    };
  }

  /** Fails everything that is on its way, because the fences were lost with the context. */
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

  /** Whether the GPU has finished everything that was issued before the first call since the last frame. */
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
