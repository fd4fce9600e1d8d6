/** Goes back and forth through the last steps of all simulations together, without blocking the page. */
import type { Clock } from '../core/clock.ts';
import type { SecondModel } from './second-model.ts';

/** The maximum amount of work that the GPU gets in one go, so that the picture follows the slider. */
const CHUNK_MILLISECONDS = 100;
const FIRST_CHUNK = 32;

export class Travel {
  readonly #models: Pick<SecondModel, 'first' | 'simulations'>;
  readonly #clock: Clock;
  readonly #arrived: () => void;
  #wanted: number | null = null;
  #running: Promise<void> = Promise.resolve();
  #chunk = FIRST_CHUNK;

  /** @param arrived called when the requested step has been reached */
  constructor(models: Pick<SecondModel, 'first' | 'simulations'>, clock: Clock, arrived: () => void) {
    this.#models = models;
    this.#clock = clock;
    this.#arrived = arrived;
  }

  /** The first step that one can go back to. */
  get earliest(): number {
    return Math.max(...this.#models.simulations.map(({ time }) => time.earliest));
  }

  /** The step up to which the simulation has run. */
  get latest(): number {
    return this.#models.first.time.latest;
  }

  /** The step that is shown, or being approached. */
  get present(): number {
    return this.#wanted ?? this.#models.first.time.step;
  }

  /** Whether an earlier step than the last one is shown. */
  get isInPast(): boolean {
    return this.present < this.latest;
  }

  /** Whether it is on the way to a step. The states in between should not be shown. */
  get isUnderWay(): boolean {
    return this.#wanted !== null;
  }

  /** Resolves when it is no longer on the way. */
  get settled(): Promise<void> {
    return this.#running;
  }

  /** Goes to a step, or to the nearest one that is kept. A later call changes the destination. */
  to(step: number): Promise<void> {
    const isUnderWay = this.isUnderWay;
    this.#wanted = Math.min(this.latest, Math.max(this.earliest, Math.round(step)));
    if (!isUnderWay) this.#running = this.#go();
    return this.#running;
  }

  /** Goes to the destination immediately; the GPU follows. */
  arrive(): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    for (const { time } of this.#models.simulations) time.goTo(wanted);
    this.#stop();
  }

  /** Stays at the present step, for example when the context is lost. */
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
