/** What the show can do to the canvas: the same as a guest's hand, but without undo. */
import type { CanvasOperation } from '../../../automaton/canvas-operation.ts';
import { DIGIT_SIZE } from '../../../automaton/layout.ts';
import type { CanvasLayout, StrokePoint } from '../../../automaton/types.ts';
import { drawDigit } from '../../../common/handwriting/draw-digit.ts';
import type { Random } from '../../../common/random/random.ts';
import type { Point } from '../../../view/camera.ts';
import { digitOf } from '../../../session/handwritten.ts';
import type { Playground } from '../../../session/playground.ts';

/** Where the camera looks: the cell in the middle, and how many tiles are visible from top to bottom. */
export interface Aim {
  readonly x: number;
  readonly y: number;
  readonly tiles: number;
}

export interface Tile {
  readonly column: number;
  readonly row: number;
}

/** The canvas as scenes see it. */
export interface ShowStage {
  readonly layout: CanvasLayout;
  /** Digits that both the handwriting and the model know. */
  readonly digits: readonly number[];
  /** Puts a new handwritten digit into a tile; a random digit if left out. */
  putDigit(tile: Tile, digit?: number): void;
  /** Puts the upper half of one digit over the lower half of another. */
  putChimera(tile: Tile, above: number, below: number): void;
  clearTile(tile: Tile): void;
  /** Marks a tile as still needed as it is; burn-in is prevented all the same. */
  keep(tile: Tile): void;
  paint(points: readonly StrokePoint[], radius: number): void;
  damage(points: readonly StrokePoint[], radius: number): void;
  /** Shows the hand at a cell; null hides it. */
  pointAt(cell: Point | null): void;
  /** Announces what the cells think of the ink in a tile; null stops this. */
  ask(tile: Tile | null): void;
}

/** The stage on the page's playground. */
export class PlaygroundStage implements ShowStage {
  readonly #playground: Playground;
  readonly #random: Random;
  readonly #signs: Pick<ShowStage, 'pointAt' | 'ask'>;
  readonly #apply: (operation: CanvasOperation) => void;

  /**
   * @param signs what is shown over the canvas
   * @param apply makes the changes; by default, on the playground's own canvas
   */
  constructor(
    playground: Playground,
    random: Random,
    signs: Pick<ShowStage, 'pointAt' | 'ask'>,
    apply: (operation: CanvasOperation) => void = (operation) => playground.simulation.edits.apply(operation),
  ) {
    this.#playground = playground;
    this.#random = random;
    this.#signs = signs;
    this.#apply = apply;
  }

  get layout(): CanvasLayout {
    return this.#playground.simulation.layout;
  }

  get digits(): readonly number[] {
    const { classes } = this.#playground.simulation.model.specification;
    return classes.map(digitOf).filter((digit) => digit !== null);
  }

  putDigit(tile: Tile, digit = this.#anyDigit()): void {
    this.#put(tile, this.#draw(digit), this.#classOf(digit));
  }

  putChimera(tile: Tile, above: number, below: number): void {
    const image = this.#draw(above);
    const half = (DIGIT_SIZE * DIGIT_SIZE) / 2;
    image.set(this.#draw(below).subarray(half), half);
    this.#put(tile, image, null);
  }

  clearTile(tile: Tile): void {
    this.#put(tile, new Uint8Array(DIGIT_SIZE * DIGIT_SIZE), null);
  }

  keep(): void {
    // Nothing takes the tile away here.
  }

  paint(points: readonly StrokePoint[], radius: number): void {
    this.#apply({ kind: 'paint', points, brush: { radius } });
  }

  damage(points: readonly StrokePoint[], radius: number): void {
    this.#apply({ kind: 'damage', points, radius });
  }

  pointAt(cell: Point | null): void {
    this.#signs.pointAt(cell);
  }

  ask(tile: Tile | null): void {
    this.#signs.ask(tile);
  }

  #put({ column, row }: Tile, image: Uint8Array, label: number | null): void {
    this.#apply({ kind: 'tile', column, row, image, label, keepState: false });
  }

  #draw(digit: number): Uint8Array {
    return drawDigit(this.#random, digit);
  }

  #anyDigit(): number {
    return this.digits[this.#random.below(this.digits.length)] ?? 0;
  }

  /** The model's class for a digit. */
  #classOf(digit: number): number | null {
    const { classes } = this.#playground.simulation.model.specification;
    const label = classes.findIndex((entry) => digitOf(entry) === digit);
    return label === -1 ? null : label;
  }
}
