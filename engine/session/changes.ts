/** One change of the canvas at a time: from its beginning to its end, its undoing, and the work on many tiles. */
import type { Edit } from '../automaton/edit-recorder.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type { ArchivedStates } from '../automaton/state-archive.ts';
import type { Emitter } from '../core/events.ts';
import { ContextLostError } from '../gpu/device-error.ts';
import type { EditorEvents } from './editor-events.ts';
import { History } from './history.ts';
import type { Pace, Timing } from './pace.ts';
import type { Travel } from './travel.ts';

/** How a change of many tiles is made. */
export interface TileTiming extends Timing {
  readonly isUndoable?: boolean;
}

export interface ChangesOptions {
  /** Told of everything that is done, undone or redone. */
  readonly events: Emitter<EditorEvents>;
  /** Whether the simulation can be used at present. */
  readonly isLive: () => boolean;
  /** Called when a change begins. */
  readonly begun: () => void;
  /** How to make changes of many tiles. */
  readonly pace: Pace;
  /** A change first waits until this has arrived at the requested step. */
  readonly travel: Pick<Travel, 'arrive'> | null;
}

export class Changes {
  readonly #simulation: Simulation;
  readonly #options: ChangesOptions;
  readonly #history: History<Edit<ArchivedStates>>;
  #isUnderWay = false;
  /** The latest step at which something was undone or redone. */
  #lastMove = 0;
  /** Counts changes of many tiles, to check whether one is still the latest. */
  #tileChanges = 0;

  constructor(simulation: Simulation, options: ChangesOptions) {
    this.#simulation = simulation;
    this.#options = options;
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
   * Call this before something new happens. If an earlier step than the last one is shown, the later steps are
   * discarded, together with their undo history. Every change calls this itself.
   */
  goOnFromHere(): void {
    this.#options.travel?.arrive();
    const { step, latest } = this.#simulation.time;
    if (step === latest) return;
    // The undo history as it was at that step is no longer known, because of later undos and redos.
    if (step < this.#lastMove) this.#history.clear();
    else this.#history.goOnFrom(step);
    this.#lastMove = Math.min(this.#lastMove, step);
    this.#options.events.emit('history', undefined);
  }

  /** Begins a change. Everything up to {@link end} is undone together. */
  begin(): void {
    this.assertLive();
    this.goOnFromHere();
    if (!this.#isUnderWay) this.#simulation.edits.begin();
    this.#isUnderWay = true;
    this.#options.begun();
  }

  /** Whether a change that {@link begin} began is in progress. */
  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /**
   * Ends the change that {@link begin} began. A stroke made during a change of many tiles becomes part of that
   * change.
   */
  end(): void {
    if (this.#options.pace.isBusy && this.#options.isLive()) return;
    const edit = this.#endEdit();
    if (!edit) return;
    this.#history.record(edit);
    this.#options.events.emit('history', undefined);
  }

  /**
   * Reverts everything since {@link begin}, as if it had not happened. During a change of many tiles it stays.
   */
  cancel(): void {
    if (this.#options.pace.isBusy) return;
    const edit = this.#endEdit();
    if (!edit) return;
    const inverse = this.#simulation.edits.revert(edit);
    this.#simulation.edits.forget(edit);
    if (inverse) this.#simulation.edits.forget(inverse);
    this.#options.events.emit('edited', undefined);
  }

  undo(): void {
    this.#put(() => this.#history.undo((edit) => this.#simulation.edits.revert(edit)));
  }

  redo(): void {
    this.#put(() => this.#history.redo((edit) => this.#simulation.edits.revert(edit)));
  }

  /** Call this when the steps are counted from 0 again. */
  restartSteps(): void {
    this.#lastMove = 0;
    this.#history.restartSteps();
  }

  /** Ends the change in progress, keeping what has been done so far. */
  leaveOff(): void {
    this.#tileChanges += 1;
    this.#options.pace.stop();
    this.end();
  }

  /** Forgets the undo history, for example when the canvas is replaced. */
  forget(): void {
    this.#tileChanges += 1;
    this.#options.pace.stop();
    this.#endEdit();
    this.#history.clear();
    this.#lastMove = 0;
    this.#options.events.emit('history', undefined);
  }

  /** @throws ContextLostError while the simulation cannot be used */
  assertLive(): void {
    if (!this.#options.isLive()) throw new ContextLostError();
  }

  /** Makes one change of many tiles, at the given pace. */
  inTiles(
    count: number,
    change: (index: number) => void,
    { isUndoable = true, ...timing }: TileTiming = {},
  ): Promise<void> {
    this.assertLive();
    this.leaveOff();
    this.begin();
    this.#tileChanges += 1;
    const own = this.#tileChanges;
    const end = (): void => {
      // A later change has already ended this one and begun its own.
      if (own !== this.#tileChanges) return;
      if (isUndoable) this.end();
      else this.#forgetChange();
    };
    let running: Promise<void>;
    try {
      running = this.#options.pace.run(count, change, () => this.#options.events.emit('edited', undefined), timing);
    } catch (error) {
      end();
      throw error;
    }
    if (this.#options.pace.isBusy) return running.finally(end);
    end();
    return running;
  }

  /** Makes one change at once. */
  make(change: () => void): void {
    this.assertLive();
    // During a change of many tiles, this becomes part of that change. Otherwise it is a separate change.
    this.end();
    this.begin();
    try {
      change();
      this.#options.events.emit('edited', undefined);
    } finally {
      this.end();
    }
  }

  #forgetChange(): void {
    const edit = this.#endEdit();
    if (edit) this.#simulation.edits.forget(edit);
  }

  #endEdit(): Edit<ArchivedStates> | null {
    if (!this.#isUnderWay) return null;
    this.#isUnderWay = false;
    return this.#simulation.edits.end();
  }

  /** @param move undoes or redoes, and returns whether there was anything to undo or redo */
  #put(move: () => boolean): void {
    this.assertLive();
    this.leaveOff();
    this.goOnFromHere();
    this.#lastMove = this.#simulation.time.step;
    if (!move()) return;
    this.#options.events.emit('edited', undefined);
    this.#options.events.emit('history', undefined);
  }
}
