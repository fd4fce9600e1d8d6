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

  /** Whether the name of a class is a single digit, which the handwriting can write. */
  canWrite(label: number): boolean {
    return digitOf(this.#simulation.model.specification.classes[label]) !== null;
  }

  /** The classes that it can write. */
  writableClasses(): number[] {
    return this.#simulation.model.specification.classes
      .map((_, label) => label)
      .filter((label) => this.canWrite(label));
  }

  /** Returns one of these classes at random, or undefined if there are none. */
  pick(classes: readonly number[]): number | undefined {
    return classes[this.#digits.below(classes.length)];
  }

  /** Returns a new handwritten digit of a class, 784 ink bytes. */
  write(label: number): Uint8Array {
    return drawDigit(this.#digits, this.#digitOf(label));
  }

  /** The digit that the next stamp will draw, so that it can be previewed. */
  nextStamp(label: number, { scale, turn }: StampShape): DigitImage {
    const key = `${this.#stampCount} ${label} ${scale} ${turn}`;
    if (this.#nextStamp?.key !== key) {
      const random = this.#stamps.split(this.#stampCount);
      this.#nextStamp = { key, image: drawTurnedDigit(random, this.#digitOf(label), scale, radians(turn)) };
    }
    return this.#nextStamp.image;
  }

  /** Call this after a stamp, so that the next one is a different digit. */
  stamped(): void {
    this.#stampCount += 1;
  }

  /** Returns a seed for the random choices within one change. */
  seedOfChange(): number {
    return this.#stamps.word();
  }

  #digitOf(label: number): number {
    return digitOf(this.#simulation.model.specification.classes[label]) ?? 0;
  }
}
