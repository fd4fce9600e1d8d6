/**
 * Everything that changes ink or state by hand. Each change is one that undo takes back.
 *
 * It is long because there are many kinds of change, each of them a few lines.
 */
import { placeDigit } from '../automaton/canvas-operation.ts';
import type { Edit } from '../automaton/edit-recorder.ts';
import { tilesWithInk } from '../automaton/layout.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type { ArchivedStates } from '../automaton/state-archive.ts';
import { type BrushOptions, type StrokePoint } from '../automaton/types.ts';
import { Emitter } from '../core/events.ts';
import { ContextLostError } from '../gpu/device-error.ts';
import type { Point } from '../view/camera.ts';
import type { EditorEvents } from './editor-events.ts';
import { Handwriting } from './handwriting.ts';
import { History } from './history.ts';
import { atOnce, type Pace } from './pace.ts';
import type { Travel } from './travel.ts';
import type { DamageMode } from './settings.ts';
import { inkAfterStamp, placeStamp, type StampShape, UPRIGHT } from './stamp-placement.ts';

/** A smaller canvas is cleared in one go. */
const MOST_TILES_AT_ONCE = 512;

/** A digit turned further than this is no longer what it was: a 6 becomes a 9. */
const MOST_TURN_DEGREES = 45;

interface TileChange {
  /** How long the page may be kept from everything else in one go; as the pace has it, if not given. */
  readonly sliceMilliseconds?: number;
  readonly isUndoable?: boolean;
}

export class Editor {
  readonly events = new Emitter<EditorEvents>();
  readonly handwriting: Handwriting;
  readonly #simulation: Simulation;
  readonly #isLive: () => boolean;
  readonly #pace: Pace;
  readonly #travel: Pick<Travel, 'arrive'> | null;
  /** Decides which cells the stroke that is being made kills. */
  #killSeed = 0;
  readonly #history: History<Edit<ArchivedStates>>;
  /** Whether a change is being made. */
  #changing = false;
  /** The latest step at which something was undone or redone. */
  #lastMove = 0;
  /** Counts changes of many tiles, to tell whether one is still the latest. */
  #tileChanges = 0;

  /**
   * @param seed of the handwriting
   * @param isLive whether the simulation can be used at present
   * @param pace how changes of many tiles are made
   * @param travel that a change waits for, which is made at the step that was asked for
   */
  constructor(
    simulation: Simulation,
    seed: number,
    isLive: () => boolean,
    pace: Pace = atOnce,
    travel: Pick<Travel, 'arrive'> | null = null,
  ) {
    this.#simulation = simulation;
    this.#isLive = isLive;
    this.#pace = pace;
    this.#travel = travel;
    this.handwriting = new Handwriting(simulation, seed);
    this.#history = new History((edit) => simulation.edits.forget(edit));
  }

  get canUndo(): boolean {
    const { step, latest } = this.#simulation.time;
    return step === latest ? this.#history.canUndo : step >= this.#lastMove && this.#history.canUndoAt(step);
  }

  get canRedo(): boolean {
    const { step, latest } = this.#simulation.time;
    return step === latest && this.#history.canRedo;
  }

  /**
   * Something new is about to happen: if an earlier step than the last is shown, the later steps are discarded, and
   * with them what could be undone of them. Every change does so by itself.
   */
  goOnFromHere(): void {
    this.#travel?.arrive();
    const { step, latest } = this.#simulation.time;
    if (step === latest) return;
    // What was undone and redone since is not known any more as it was at that step.
    if (step < this.#lastMove) this.#history.clear();
    else this.#history.goOnFrom(step);
    this.#lastMove = Math.min(this.#lastMove, step);
    this.events.emit('history', undefined);
  }

  /**
   * Images of 784 bytes into the tiles in reading order, each with its label if known; settled when all are there.
   * @param tiles the numbers of the tiles that they go into; from the first one on, if not given
   * @throws SimulationError if they do not fit; nothing is changed then
   */
  setDigits(images: Uint8Array, labels?: ArrayLike<number>, tiles?: readonly number[]): Promise<void> {
    const count = this.#simulation.canvas.checkDigits(images, labels);
    const { layout } = this.#simulation;
    return this.#changeTiles(count, (index) =>
      this.#simulation.edits.apply(placeDigit(layout, index, images, labels, tiles?.[index])),
    );
  }

  /** A fresh handwritten digit for every tile; settled when all are there. */
  fillWithDigits(): Promise<void> {
    return this.#fill({});
  }

  /**
   * The digits that a visitor finds, which are nothing to undo; settled when all are there.
   * @param sliceMilliseconds how long the page may be kept from everything else in one go
   * @param isLeftEmpty which tiles, by index, get none; by default every tile gets one
   */
  fillFirst(sliceMilliseconds: number, isLeftEmpty?: (tile: number) => boolean): Promise<void> {
    return this.#fill({ sliceMilliseconds, isUndoable: false }, isLeftEmpty);
  }

  /**
   * Another digit for every tile that has ink, settled when all are there; cells that keep ink keep
   * their state, as in a mutation.
   */
  swapDigits(): Promise<void> {
    const { layout } = this.#simulation;
    const digits = this.handwriting.writableClasses();
    const hasInk = tilesWithInk(this.#simulation.canvas.readInk(), layout);
    return this.#changeTiles(hasInk.length, (tile) => {
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
   * Drops a fresh digit of this class. Near the middle of a tile it takes the place of the tile's
   * digit, elsewhere of what lies in its square; cells that keep ink keep their state, as in a mutation.
   * @param snapCells how near the middle of a tile that is
   */
  stamp(position: Point, label: number, shape: StampShape = UPRIGHT, snapCells = Infinity): void {
    const { layout, canvas } = this.#simulation;
    const { width, height } = canvas;
    if (position.x < 0 || position.y < 0 || position.x >= width || position.y >= height) return;
    if (!this.handwriting.canWrite(label)) return;
    const place = placeStamp(position, layout, snapCells);
    this.#change(() => {
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

  /** Starts to take everything that follows as one change that undo takes back. */
  beginChange(): void {
    this.assertLive();
    this.goOnFromHere();
    if (!this.#changing) this.#simulation.edits.begin();
    this.#changing = true;
    this.#killSeed = this.handwriting.seedOfChange();
  }

  /** Whether what is done now becomes part of a change that {@link beginChange} began. */
  get isChanging(): boolean {
    return this.#changing;
  }

  /** Ends the change that {@link beginChange} began; a stroke while many tiles change becomes a part of theirs. */
  endChange(): void {
    if (this.#pace.isBusy && this.#isLive()) return;
    const edit = this.#endEdit();
    if (!edit) return;
    this.#history.record(edit);
    this.events.emit('history', undefined);
  }

  /** Takes back what was changed since {@link beginChange}, as if it had not been; while many tiles change it stays. */
  cancelChange(): void {
    if (this.#pace.isBusy) return;
    const edit = this.#endEdit();
    if (!edit) return;
    const inverse = this.#simulation.edits.revert(edit);
    this.#simulation.edits.forget(edit);
    if (inverse) this.#simulation.edits.forget(inverse);
    this.events.emit('edited', undefined);
  }

  /** A piece of a stroke, within {@link beginChange} and {@link endChange}. */
  paint(points: readonly StrokePoint[], brush: BrushOptions): void {
    this.assertLive();
    this.#simulation.edits.apply({ kind: 'paint', points, brush });
    this.events.emit('edited', undefined);
    this.#touch(points, brush.erase !== true);
  }

  /**
   * Damages the cells under the brush, within {@link beginChange} and {@link endChange}: `wipe` clears
   * their state, so that they heal; `kill` takes the ink of half of them, and the others go on without them.
   */
  damage(points: readonly StrokePoint[], radius: number, mode: DamageMode = 'wipe'): void {
    this.assertLive();
    if (mode === 'wipe') this.#simulation.edits.apply({ kind: 'damage', points, radius });
    else this.#simulation.edits.apply({ kind: 'kill', points, radius, seed: this.#killSeed });
    this.events.emit('edited', undefined);
    this.#touch(points, false);
  }

  /** A whole stroke, as one change. */
  paintStroke(points: readonly StrokePoint[], brush: BrushOptions): void {
    this.#change(() => this.paint(points, brush));
  }

  /** A whole stroke of damage, as one change. */
  damageStroke(points: readonly StrokePoint[], radius: number, mode: DamageMode = 'wipe'): void {
    this.#change(() => this.damage(points, radius, mode));
  }

  /** Takes all ink away; settled when all is gone. */
  clear(): Promise<void> {
    const { columns, rows, tile } = this.#simulation.layout;
    if (columns * rows <= MOST_TILES_AT_ONCE) {
      this.leaveOff();
      this.#change(() => this.#simulation.edits.apply({ kind: 'clear' }));
      return Promise.resolve();
    }
    const blank = new Uint8Array(tile * tile);
    return this.#changeTiles(columns * rows, (index) => {
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

  undo(): void {
    this.#put(() => this.#history.undo((edit) => this.#simulation.edits.revert(edit)));
  }

  redo(): void {
    this.#put(() => this.#history.redo((edit) => this.#simulation.edits.revert(edit)));
  }

  /** The steps are counted from 0 again. */
  restartSteps(): void {
    this.#lastMove = 0;
    this.#history.restartSteps();
  }

  /** Ends what is under way, as far as it went. */
  leaveOff(): void {
    this.#tileChanges += 1;
    this.#pace.stop();
    this.endChange();
  }

  /** Forgets what could be undone, as when the canvas is replaced. */
  forget(): void {
    this.#tileChanges += 1;
    this.#pace.stop();
    this.#endEdit();
    this.#history.clear();
    this.#lastMove = 0;
    this.events.emit('history', undefined);
  }

  /** @throws ContextLostError while the simulation cannot be used */
  assertLive(): void {
    if (!this.#isLive()) throw new ContextLostError();
  }

  #fill(options: TileChange, isLeftEmpty: (tile: number) => boolean = () => false): Promise<void> {
    const { layout } = this.#simulation;
    const digits = this.handwriting.writableClasses();
    if (digits.length === 0) return Promise.resolve();
    const write = (tile: number): void => {
      if (isLeftEmpty(tile)) return;
      const label = this.handwriting.pick(digits) ?? 0;
      this.#simulation.edits.apply(placeDigit(layout, 0, this.handwriting.write(label), [label], tile));
    };
    return this.#changeTiles(layout.columns * layout.rows, write, options);
  }

  /** One change of many tiles, made at the editor's pace. */
  #changeTiles(
    count: number,
    change: (index: number) => void,
    { sliceMilliseconds, isUndoable = true }: TileChange = {},
  ): Promise<void> {
    this.assertLive();
    this.leaveOff();
    this.beginChange();
    this.#tileChanges += 1;
    const own = this.#tileChanges;
    const end = (): void => {
      // What took its place has ended it already, and begun its own.
      if (own !== this.#tileChanges) return;
      if (isUndoable) this.endChange();
      else this.#forgetChange();
    };
    let running: Promise<void>;
    try {
      running = this.#pace.run(count, change, () => this.events.emit('edited', undefined), sliceMilliseconds);
    } catch (error) {
      end();
      throw error;
    }
    if (this.#pace.isBusy) return running.finally(end);
    end();
    return running;
  }

  #change(make: () => void): void {
    this.assertLive();
    // While many tiles change it becomes a part of that; else it is one for itself.
    this.endChange();
    this.beginChange();
    try {
      make();
      this.events.emit('edited', undefined);
    } finally {
      this.endChange();
    }
  }

  #forgetChange(): void {
    const edit = this.#endEdit();
    if (edit) this.#simulation.edits.forget(edit);
  }

  #endEdit(): Edit<ArchivedStates> | null {
    if (!this.#changing) return null;
    this.#changing = false;
    return this.#simulation.edits.end();
  }

  /** @param move undoes or redoes, and tells whether there was anything */
  #put(move: () => boolean): void {
    this.assertLive();
    this.leaveOff();
    this.goOnFromHere();
    this.#lastMove = this.#simulation.time.step;
    if (!move()) return;
    this.events.emit('edited', undefined);
    this.events.emit('history', undefined);
  }

  #touch(points: readonly StrokePoint[], draws: boolean): void {
    const last = points[points.length - 1];
    if (last) this.events.emit('touched', { x: last.x, y: last.y });
    this.events.emit('stroked', { points, draws });
  }
}
