/** How fast a thread learns: it stops between two pieces of work while it is paused, and rests for a share of the time. */
import { RealClock, type Clock } from '../../core/clock.ts';

export class Pace {
  readonly #clock: Clock;
  #share = 0;
  #isPaused = false;
  #resumed: Promise<void> = Promise.resolve();
  #resume: () => void = () => undefined;
  #restMilliseconds = 0;

  constructor(clock: Clock = new RealClock()) {
    this.#clock = clock;
  }

  /** Seconds since some moment, without rests and pauses. */
  get workSeconds(): number {
    return (this.#clock.now() - this.#restMilliseconds) / 1000;
  }

  /** @param share of the time to rest, 0…1, less than 1 */
  rest(share: number): void {
    this.#share = share;
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#resumed = new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#isPaused = false;
    this.#resume();
  }

  /** Does a piece of work, and then rests in proportion to the time that it took. */
  async work<Result>(piece: () => Promise<Result>): Promise<Result> {
    const start = this.#clock.now();
    const result = await piece();
    const worked = this.#clock.now() - start;
    await this.#standStill((worked * this.#share) / (1 - this.#share));
    return result;
  }

  /** Lets messages arrive, and does not return while learning is paused. */
  breathe(): Promise<void> {
    return this.#standStill(0);
  }

  async #standStill(restMilliseconds: number): Promise<void> {
    const start = this.#clock.now();
    await nextTurn();
    if (restMilliseconds > 0) await new Promise<void>((resolve) => this.#clock.after(restMilliseconds, resolve));
    await this.#resumed;
    this.#restMilliseconds += this.#clock.now() - start;
  }
}

/** Waits until the messages that have arrived are handled. A timer would wait for milliseconds longer. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
