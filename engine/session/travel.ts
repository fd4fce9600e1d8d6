/** Goes back and forth through the last steps of all simulations at once, without holding up the page. */
import type { Clock } from '../core/clock.ts';
import type { SecondModel } from './second-model.ts';

/** The GPU is given so much at once at most, so that a hand on the slider is followed. */
const CHUNK_MILLISECONDS = 100;
const FIRST_CHUNK = 32;

export class Travel {
  readonly #models: Pick<SecondModel, 'first' | 'simulations'>;
  readonly #clock: Clock;
  readonly #arrived: () => void;
  #wanted: number | null = null;
  #running: Promise<void> = Promise.resolve();
  #chunk = FIRST_CHUNK;

  /** @param arrived is told when the step that was asked for is there */
  constructor(models: Pick<SecondModel, 'first' | 'simulations'>, clock: Clock, arrived: () => void) {
    this.#models = models;
    this.#clock = clock;
    this.#arrived = arrived;
  }

  /** The first step that can be gone back to. */
  get earliest(): number {
    return Math.max(...this.#models.simulations.map(({ time }) => time.earliest));
  }

  /** The step up to which it has run. */
  get latest(): number {
    return this.#models.first.time.latest;
  }

  /** The step that is shown, or on the way to. */
  get present(): number {
    return this.#wanted ?? this.#models.first.time.step;
  }

  /** Whether somebody looks at an earlier step than the last. */
  get isInPast(): boolean {
    return this.present < this.latest;
  }

  /** Whether it is on the way: the states in between are none that anybody wants to see. */
  get isUnderWay(): boolean {
    return this.#wanted !== null;
  }

  /** Settled when it is nowhere on the way. */
  get settled(): Promise<void> {
    return this.#running;
  }

  /** Goes to a step, or as near as is kept. A later call changes where to. */
  to(step: number): Promise<void> {
    const isUnderWay = this.isUnderWay;
    this.#wanted = Math.min(this.latest, Math.max(this.earliest, Math.round(step)));
    if (!isUnderWay) this.#running = this.#go();
    return this.#running;
  }

  /** Is there at once; the GPU follows. */
  arrive(): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    for (const { time } of this.#models.simulations) time.goTo(wanted);
    this.#stop();
  }

  /** Stays where it is, as when the GPU's context is lost. */
  cancel(): void {
    this.#wanted = null;
  }

  async #go(): Promise<void> {
    try {
      await this.#follow();
    } catch (error) {
      this.cancel();
      throw error;
    }
  }

  async #follow(): Promise<void> {
    for (;;) {
      const wanted = this.#wanted;
      if (wanted === null) return;
      const start = this.#clock.now();
      let isThere = true;
      for (const { time } of this.#models.simulations) isThere = time.goTo(wanted, this.#chunk) && isThere;
      if (isThere) {
        this.#stop();
        return;
      }
      await this.#models.first.settled();
      const milliseconds = this.#clock.now() - start;
      if (milliseconds > CHUNK_MILLISECONDS) this.#chunk = Math.max(1, this.#chunk >> 1);
      else if (milliseconds < CHUNK_MILLISECONDS / 2) this.#chunk = Math.min(256, this.#chunk * 2);
    }
  }

  #stop(): void {
    this.#wanted = null;
    this.#arrived();
  }
}
