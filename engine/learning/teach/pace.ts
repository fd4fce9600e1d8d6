/** How fast a thread learns: it stops between two pieces of work while it is paused, and rests for a share of the time. */
import { RealClock, type Clock } from '../../core/clock.ts';

export class Pace {
  readonly #clock: Clock;
  #share = 0;
  #resumed: Promise<void> = Promise.resolve();
  #resume: () => void = () => undefined;
  /** When the present piece of work began. */
  #workSince: number;
  #restMilliseconds = 0;

  constructor(clock: Clock = new RealClock()) {
    this.#clock = clock;
    this.#workSince = clock.now();
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
    this.#resume();
    this.#resumed = new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#resume();
  }

  /** Call this after each piece of work: messages arrive meanwhile, and it does not return before work may go on. */
  async breathe(): Promise<void> {
    const start = this.#clock.now();
    const worked = start - this.#workSince;
    await nextTurn();
    if (this.#share > 0) {
      const rest = (worked * this.#share) / (1 - this.#share);
      await new Promise<void>((resolve) => this.#clock.after(rest, resolve));
    }
    await this.#resumed;
    this.#workSince = this.#clock.now();
    this.#restMilliseconds += this.#workSince - start;
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
