/**
 * How long the GPU works at a stretch of commands, by timer queries: the result
 * arrives some frames later, and nothing ever waits for it. Where the adapter
 * has no timers there is none of these, and fences have to do.
 */
import type { Device } from './device.ts';

/** Results that may be outstanding; a GPU that is further behind is not measured meanwhile. */
const MOST_PENDING = 4;

const NANOSECONDS_PER_MILLISECOND = 1e6;

export class GpuTimer {
  readonly #device: Device;
  readonly #extension: TimerExtension;
  readonly #free: WebGLQuery[] = [];
  readonly #pending: WebGLQuery[] = [];
  /** By how much to divide the result of each pending query. */
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

  /** A timer, or null where this GPU has none. */
  static create(device: Device): GpuTimer | null {
    if (!device.capabilities.timerQueries) return null;
    const extension = device.gl.getExtension('EXT_disjoint_timer_query_webgl2') as TimerExtension | null;
    return extension && new GpuTimer(device, extension);
  }

  /** Starts to count what is issued from now on. One stretch at a time, over all timers of a device. */
  begin(): void {
    const query = this.#free.pop();
    if (!query) return;
    this.#running = query;
    this.#device.gl.beginQuery(this.#extension.TIME_ELAPSED_EXT, query);
  }

  /** Ends the stretch, which held `count` equal pieces of work. */
  end(count = 1): void {
    if (!this.#running) return;
    this.#device.gl.endQuery(this.#extension.TIME_ELAPSED_EXT);
    this.#pending.push(this.#running);
    this.#counts.push(count);
    this.#running = null;
  }

  /** Milliseconds of one piece of the oldest stretch that has not been told yet, or null if none is done. */
  take(): number | null {
    const { gl } = this.#device;
    const query = this.#pending[0];
    if (!query || gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE) !== true) return null;
    this.#pending.shift();
    this.#free.push(query);
    const count = this.#counts.shift() ?? 1;
    // The clock was changed meanwhile, as when a laptop saves power: the figure means nothing.
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
