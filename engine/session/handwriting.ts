/** The handwriting of a canvas: which classes of its model it can write, digits for tiles, and the next stamp. */
import type { Simulation } from '../automaton/simulation.ts';
import { type DigitImage, drawDigit, drawTurnedDigit } from '../common/handwriting/draw-digit.ts';
import { DIGIT_FORMS, type DigitForm } from '../common/handwriting/digit-forms.ts';
import type { Stroke } from '../common/handwriting/stroke.ts';
import { type FormsByNumber, writeDigit } from '../common/handwriting/write-digit.ts';
import type { ModelClass } from '../common/model/specification.ts';
import { Random } from '../common/random/random.ts';
import { digitOf, isLetter } from './handwritten.ts';
import { radians, type StampShape } from './stamp-placement.ts';

export class Handwriting {
  readonly #simulation: Pick<Simulation, 'model'>;
  readonly #digits: Random;
  readonly #stamps: Random;
  #letters: Readonly<Record<string, readonly DigitForm[]>> | null = null;
  #stampCount = 0;
  #nextStamp: { readonly key: string; readonly image: DigitImage } | null = null;

  constructor(simulation: Pick<Simulation, 'model'>, seed: number) {
    this.#simulation = simulation;
    this.#digits = new Random(seed).split(1);
    this.#stamps = new Random(seed).split(2);
  }

  /** Loads the forms of letters, if a model with these classes needs them. Without them only digits are written. */
  async learn(classes: readonly ModelClass[]): Promise<void> {
    if (this.#letters || !classes.some(isLetter)) return;
    this.#letters = (await import('../common/handwriting/letter-forms.ts')).LETTER_FORMS;
  }

  /** Whether the name of a class is a single digit, or a capital letter, which the handwriting can write. */
  canWrite(label: number): boolean {
    return this.#formsOf(label).forms.length > 0;
  }

  /** The class that a character is written as, its capital's if it has none of its own, or −1. */
  labelOf(character: string): number {
    const { classes } = this.#simulation.model.specification;
    const labels = [character, character.toUpperCase()].map((name) =>
      classes.findIndex((entry) => entry.name === name),
    );
    return labels.find((label) => label >= 0 && this.canWrite(label)) ?? -1;
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
    const { number, forms } = this.#formsOf(label);
    return drawDigit(this.#digits, number, { forms });
  }

  /** Returns the strokes of a new character of a class, in the unit square. */
  writeStrokes(label: number): Stroke[] {
    const { number, forms } = this.#formsOf(label);
    return writeDigit(this.#digits, number, undefined, forms);
  }

  /** The digit that the next stamp will draw, so that it can be previewed. */
  nextStamp(label: number, { scale, turn }: StampShape): DigitImage {
    const key = `${this.#stampCount} ${label} ${scale} ${turn}`;
    if (this.#nextStamp?.key !== key) {
      const random = this.#stamps.split(this.#stampCount);
      const { number, forms } = this.#formsOf(label);
      this.#nextStamp = { key, image: drawTurnedDigit(random, number, scale, radians(turn), forms) };
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

  /** What a class is written with; no forms if it cannot be written. */
  #formsOf(label: number): { number: number; forms: FormsByNumber } {
    const entry = this.#simulation.model.specification.classes[label] as ModelClass | undefined;
    const digit = digitOf(entry);
    if (digit !== null) return { number: digit, forms: DIGIT_FORMS };
    const letter = entry && this.#letters && isLetter(entry) ? this.#letters[entry.name] : null;
    return { number: 0, forms: letter ? [letter] : [] };
  }
}
