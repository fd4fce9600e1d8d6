/** The handwriting of a canvas: which classes of its model it can write, digits for tiles, and the next stamp. */
import type { Simulation } from '../automaton/simulation.ts';
import { type DigitImage, drawDigit, drawTurnedDigit } from '../common/handwriting/draw-digit.ts';
import { Random } from '../common/random/random.ts';
import { digitOf } from './handwritten.ts';
import { radians, type StampShape } from './stamp-placement.ts';

export class Handwriting {
  readonly #simulation: Pick<Simulation, 'model'>;
  readonly #digits: Random;
  readonly #stamps: Random;
  #stampCount = 0;
  #nextStamp: { readonly key: string; readonly image: DigitImage } | null = null;

  constructor(simulation: Pick<Simulation, 'model'>, seed: number) {
    this.#simulation = simulation;
    this.#digits = new Random(seed).split(1);
    this.#stamps = new Random(seed).split(2);
  }

  /** Whether a class is called by one digit, which the handwriting knows. */
  canWrite(label: number): boolean {
    return digitOf(this.#simulation.model.specification.classes[label]) !== null;
  }

  /** The classes that it can write. */
  writableClasses(): number[] {
    return this.#simulation.model.specification.classes
      .map((_, label) => label)
      .filter((label) => this.canWrite(label));
  }

  /** One of these classes by chance; undefined if there are none. */
  pick(classes: readonly number[]): number | undefined {
    return classes[this.#digits.below(classes.length)];
  }

  /** A fresh digit of a class, 784 ink bytes. */
  write(label: number): Uint8Array {
    return drawDigit(this.#digits, this.#digitOf(label));
  }

  /** The digit that the next stamp drops, so that it can be seen before. */
  nextStamp(label: number, { scale, turn }: StampShape): DigitImage {
    const key = `${this.#stampCount} ${label} ${scale} ${turn}`;
    if (this.#nextStamp?.key !== key) {
      const random = this.#stamps.split(this.#stampCount);
      this.#nextStamp = { key, image: drawTurnedDigit(random, this.#digitOf(label), scale, radians(turn)) };
    }
    return this.#nextStamp.image;
  }

  /** The next stamp was dropped: the one after it is another. */
  stamped(): void {
    this.#stampCount += 1;
  }

  /** A seed for what chance decides within one change. */
  seedOfChange(): number {
    return this.#stamps.word();
  }

  #digitOf(label: number): number {
    return digitOf(this.#simulation.model.specification.classes[label]) ?? 0;
  }
}
