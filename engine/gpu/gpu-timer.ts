/**
 * Measures how long the GPU takes for a span of commands, with timer queries. The result arrives some frames later, and
 * nothing ever waits for it. On a GPU without timers there is no GpuTimer, and fences are used instead.
 */
import type { Device } from './device.ts';

/** The maximum number of outstanding results. A GPU that is further behind is not measured in the meantime. */
const MOST_PENDING = 4;

const NANOSECONDS_PER_MILLISECOND = 1e6;

export class GpuTimer {
  readonly #device: Device;
  readonly #extension: TimerExtension;
  readonly #free: WebGLQuery[] = [];
  readonly #pending: WebGLQuery[] = [];
  /** The divisor for the result of each pending query. */
  readonly #counts: number[] = [];
  #running: WebGLQuery | null = null;

  private constructor(device: Device, extension: TimerExtension) {
    this.#device = device;
    this.#extension = extension;
    for (let index = 0; index < MOST_PENDING; index += 1) {
      const query = device.createQuery();
      if (query) this.#free.push(query);
    }
  }

  /** Creates a timer, or returns null if this GPU has none. */
  static create(device: Device): GpuTimer | null {
    if (!device.capabilities.timerQueries) return null;
    const extension = device.gl.getExtension('EXT_disjoint_timer_query_webgl2') as TimerExtension | null;
    return extension && new GpuTimer(device, extension);
  }

  /** Starts to measure what is issued from now on. Only one span may be in progress, over all timers of a device. */
  begin(): void {
    const query = this.#free.pop();
    if (!query) return;
    this.#running = query;
    this.#device.gl.beginQuery(this.#extension.TIME_ELAPSED_EXT, query);
  }

  /** Ends the span, which consisted of `count` equal pieces of work. */
  end(count = 1): void {
    if (!this.#running) return;
    this.#device.gl.endQuery(this.#extension.TIME_ELAPSED_EXT);
    this.#pending.push(this.#running);
    this.#counts.push(count);
    this.#running = null;
  }

  /**
   * Returns the milliseconds for one piece of the oldest span that has not been returned yet, or null if none is
   * finished.
   */
  take(): number | null {
    const { gl } = this.#device;
    const query = this.#pending[0];
    if (!query || gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE) !== true) return null;
    this.#pending.shift();
    this.#free.push(query);
    const count = this.#counts.shift() ?? 1;
    // The clock rate has changed in the meantime, for example because a laptop saves power, so the result is
    // meaningless.
    if (gl.getParameter(this.#extension.GPU_DISJOINT_EXT) === true) return null;
    return Number(gl.getQueryParameter(query, gl.QUERY_RESULT)) / NANOSECONDS_PER_MILLISECOND / count;
  }

  dispose(): void {
    for (const query of [...this.#free, ...this.#pending]) this.#device.freeQuery(query);
    this.#free.length = 0;
    this.#pending.length = 0;
    this.#counts.length = 0;
    this.#running = null;
  }
}

/** The part of EXT_disjoint_timer_query_webgl2 that is used. */
interface TimerExtension {
  readonly TIME_ELAPSED_EXT: GLenum;
  readonly GPU_DISJOINT_EXT: GLenum;
}
