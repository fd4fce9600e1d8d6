/** All kinds of change that the user makes to the ink or the state. Each of them can be undone. */
import { placeDigit, placeLargeDigit } from '../automaton/canvas-operation.ts';
import { DIGIT_SIZE, tilesWithInk } from '../automaton/layout.ts';
import type { Simulation } from '../automaton/simulation.ts';
import { type BrushOptions, type StrokePoint } from '../automaton/types.ts';
import { Emitter } from '../core/events.ts';
import type { Point } from '../view/camera.ts';
import { Changes, type TileTiming } from './changes.ts';
import type { EditorEvents } from './editor-events.ts';
import { Handwriting } from './handwriting.ts';
import { atOnce, type Pace } from './pace.ts';
import type { Travel } from './travel.ts';
import type { DamageMode } from './settings.ts';
import { clearTile, drawCharacter, planText, type WrittenText } from './written-text.ts';
import { inkAfterStamp, placeStamp, type StampShape, UPRIGHT } from './stamp-placement.ts';

/** A canvas with at most this many tiles is cleared in one go. */
const MOST_TILES_AT_ONCE = 512;

/** A digit turned further than this is no longer the same digit: a 6 becomes a 9. */
const MOST_TURN_DEGREES = 45;

export class Editor {
  readonly events = new Emitter<EditorEvents>();
  readonly changes: Changes;
  readonly handwriting: Handwriting;
  readonly #simulation: Simulation;
  /** Determines which cells the current stroke kills. */
  #killSeed = 0;

  /**
   * @param seed the seed of the handwriting
   * @param isLive whether the simulation can be used at present
   * @param pace how to make changes of many tiles
   * @param travel a change first waits until this has arrived at the requested step
   */
  constructor(
    simulation: Simulation,
    seed: number,
    isLive: () => boolean,
    pace: Pace = atOnce,
    travel: Pick<Travel, 'arrive'> | null = null,
  ) {
    this.#simulation = simulation;
    this.handwriting = new Handwriting(simulation, seed);
    const begun = (): void => {
      this.#killSeed = this.handwriting.seedOfChange();
    };
    this.changes = new Changes(simulation, { events: this.events, isLive, begun, pace, travel });
  }

  /**
   * Puts images into the tiles in reading order, each with its label if known. Resolves when all of them are on the
   * canvas.
   *
   * @param images side · side bytes each
   * @param tiles the numbers of the tiles to use; by default, starting with the first tile
   * @param side of an image, in cells; at least 28
   * @throws SimulationError if they do not fit; nothing is changed in that case
   */
  setDigits(
    images: Uint8Array,
    labels?: ArrayLike<number>,
    tiles?: readonly number[],
    side = DIGIT_SIZE,
  ): Promise<void> {
    const count = this.#simulation.canvas.checkDigits(images, labels, side);
    const { layout } = this.#simulation;
    return this.changes.inTiles(count, (index) => {
      const tile = tiles?.[index] ?? index;
      const operations =
        side === DIGIT_SIZE
          ? [placeDigit(layout, index, images, labels, tile)]
          : placeLargeDigit(layout, tile, images.subarray(index * side * side, (index + 1) * side * side), {
              side,
              label: labels?.[index] ?? null,
            });
      for (const operation of operations) this.#simulation.edits.apply(operation);
    });
  }

  /** Writes a new handwritten digit into every tile. Resolves when all of them are on the canvas. */
  fillWithDigits(): Promise<void> {
    return this.#fill({});
  }

  /**
   * Writes the digits that a visitor sees first, which cannot be undone. Resolves when all of them are on the canvas.
   *
   * @param sliceMilliseconds how long a slice of the work may block the page
   * @param isLeftEmpty which tiles, by index, get no digit; by default every tile gets one
   */
  fillFirst(sliceMilliseconds: number, isLeftEmpty?: (tile: number) => boolean): Promise<void> {
    return this.#fill({ sliceMilliseconds, isUndoable: false }, isLeftEmpty);
  }

  /**
   * Replaces the digit of every tile that has ink. Resolves when all of them are on the canvas. Cells that keep ink
   * keep their state, as in a mutation.
   */
  swapDigits(): Promise<void> {
    const { layout } = this.#simulation;
    const digits = this.handwriting.writableClasses();
    const hasInk = tilesWithInk(this.#simulation.canvas.readInk(), layout);
    return this.changes.inTiles(hasInk.length, (tile) => {
      if (!hasInk[tile]) return;
      const column = tile % layout.columns;
      const row = Math.floor(tile / layout.columns);
      const before = this.#simulation.canvas.labelOf(column, row);
      const others = digits.filter((label) => label !== before);
      const label = this.handwriting.pick(others);
      if (label === undefined) return;
      this.#simulation.edits.apply({
        kind: 'tile',
        column,
        row,
        image: this.handwriting.write(label),
        label,
        keepState: true,
      });
    });
  }

  /**
   * Stamps a new digit of this class. Near the middle of a tile it replaces the tile's digit; elsewhere it replaces
   * whatever is in its square. Cells that keep ink keep their state, as in a mutation.
   *
   * @param snapCells the distance from the middle of a tile that counts as near
   */
  stamp(position: Point, label: number, shape: StampShape = UPRIGHT, snapCells = Infinity): void {
    const { layout, canvas } = this.#simulation;
    const { width, height } = canvas;
    if (position.x < 0 || position.y < 0 || position.x >= width || position.y >= height) return;
    if (!this.handwriting.canWrite(label)) return;
    const place = placeStamp(position, layout, snapCells);
    this.changes.make(() => {
      const before = { width, height, ink: canvas.readInk() };
      const image = this.handwriting.nextStamp(label, shape);
      const { ink, rectangle, isWithinTile } = inkAfterStamp(before, layout, image, place, shape);
      this.#simulation.edits.apply({ kind: 'stamp', ink, rectangle, options: { combine: 'replace', keepState: true } });
      const isUpright = Math.abs(shape.turn) <= MOST_TURN_DEGREES;
      if (place.tile && isWithinTile) {
        this.#simulation.edits.apply({ kind: 'label', ...place.tile, label: isUpright ? label : null });
      }
      this.handwriting.stamped();
    });
    this.events.emit('touched', position);
  }

  /**
   * Writes a short text with the pen, a character in each tile of the rows around a point. The tiles around the text
   * are cleared. Resolves when everything is on the canvas.
   *
   * @param pauseMilliseconds the time between two pieces of a stroke; by default everything is drawn at once
   */
  async write(text: string, centre: Point, pauseMilliseconds?: number): Promise<WrittenText> {
    const { layout, model } = this.#simulation;
    const { handwriting } = this;
    const { classes } = model.specification;
    await handwriting.learn(classes);
    const { characters, tiles, ...written } = planText(
      text,
      layout,
      centre,
      (character) => handwriting.labelOf(character),
      (label) => classes[label].name,
    );
    const operations = [
      ...tiles.map((tile) => clearTile(layout, tile)),
      ...characters.flatMap(({ tile, label }) => drawCharacter(layout, tile, label, handwriting.writeStrokes(label))),
    ];
    if (characters.length === 0) return written;
    const apply = (index: number): void => this.#simulation.edits.apply(operations[index]);
    await this.changes.inTiles(operations.length, apply, { pauseMilliseconds });
    const { columns, tile: pitch } = layout;
    const { tile } = characters[characters.length - 1];
    const last = { x: ((tile % columns) + 0.5) * pitch, y: (Math.floor(tile / columns) + 0.5) * pitch };
    this.events.emit('touched', last);
    return written;
  }

  /** Draws a piece of a stroke, between `changes.begin()` and `changes.end()`. */
  paint(points: readonly StrokePoint[], brush: BrushOptions): void {
    this.changes.assertLive();
    this.#simulation.edits.apply({ kind: 'paint', points, brush });
    this.events.emit('edited', undefined);
    this.#touch(points, brush.erase !== true);
  }

  /**
   * Damages the cells under the brush, between `changes.begin()` and `changes.end()`: `wipe` clears their state, so
   * that they heal; `kill` removes the ink of half of them, and the others continue without them.
   */
  damage(points: readonly StrokePoint[], radius: number, mode: DamageMode = 'wipe'): void {
    this.changes.assertLive();
    if (mode === 'wipe') this.#simulation.edits.apply({ kind: 'damage', points, radius });
    else this.#simulation.edits.apply({ kind: 'kill', points, radius, seed: this.#killSeed });
    this.events.emit('edited', undefined);
    this.#touch(points, false);
  }

  /** Draws a whole stroke, as one change. */
  paintStroke(points: readonly StrokePoint[], brush: BrushOptions): void {
    this.changes.make(() => this.paint(points, brush));
  }

  /** Damages the cells under a whole stroke, as one change. */
  damageStroke(points: readonly StrokePoint[], radius: number, mode: DamageMode = 'wipe'): void {
    this.changes.make(() => this.damage(points, radius, mode));
  }

  /** Removes all ink. Resolves when all of it is gone. */
  clear(): Promise<void> {
    const { columns, rows, tile } = this.#simulation.layout;
    if (columns * rows <= MOST_TILES_AT_ONCE) {
      this.changes.leaveOff();
      this.changes.make(() => this.#simulation.edits.apply({ kind: 'clear' }));
      return Promise.resolve();
    }
    const blank = new Uint8Array(tile * tile);
    return this.changes.inTiles(columns * rows, (index) => {
      const rectangle = {
        x: (index % columns) * tile,
        y: Math.floor(index / columns) * tile,
        width: tile,
        height: tile,
      };
      const options = { combine: 'replace', keepState: false } as const;
      this.#simulation.edits.apply({ kind: 'stamp', ink: blank, rectangle, options });
    });
  }

  #fill(options: TileTiming, isLeftEmpty: (tile: number) => boolean = () => false): Promise<void> {
    const { layout } = this.#simulation;
    const digits = this.handwriting.writableClasses();
    if (digits.length === 0) return Promise.resolve();
    const write = (tile: number): void => {
      if (isLeftEmpty(tile)) return;
      const label = this.handwriting.pick(digits) ?? 0;
      this.#simulation.edits.apply(placeDigit(layout, 0, this.handwriting.write(label), [label], tile));
    };
    return this.changes.inTiles(layout.columns * layout.rows, write, options);
  }

  #touch(points: readonly StrokePoint[], draws: boolean): void {
    const last = points[points.length - 1];
    if (last) this.events.emit('touched', { x: last.x, y: last.y });
    this.events.emit('stroked', { points, draws });
  }
}
