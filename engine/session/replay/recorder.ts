/**
 * Records everything that decides the state of a simulation from its beginning, so that the session can be replayed. It
 * only collects; the code that makes a file of it is loaded on demand.
 */
import { type CanvasOperation, copyOperation, inkOf } from '../../automaton/canvas-operation.ts';
import type { Operation, SimulationObserver } from '../../automaton/operation.ts';
import type { SavedCanvas } from '../../automaton/saved-canvas.ts';
import type { Simulation } from '../../automaton/simulation.ts';
import type { CanvasLayout, FiringMode } from '../../automaton/types.ts';
import type { Model } from '../../common/model/weights.ts';

/** The values, other than the state, that a step depends on. */
export interface Tuning {
  readonly kind: 'tune';
  readonly dropout: number;
  readonly noise: number;
  readonly firing: FiringMode;
}

/** One operation. Edits are identified by number. */
export type RecordedOperation =
  | Exclude<Operation, { kind: 'end' | 'revert' | 'forget' | 'replaced' | 'learning' }>
  | { readonly kind: 'end'; readonly edit: number | null }
  | { readonly kind: 'revert'; readonly edit: number; readonly inverse: number | null }
  | { readonly kind: 'forget'; readonly edit: number }
  | Tuning;

export interface RecordedEvent {
  /** The number of steps since the previous event. */
  readonly after: number;
  readonly operation: RecordedOperation;
}

/** The initial state of a record. */
export type RecordStart =
  | {
      readonly kind: 'empty';
      readonly model: Model;
      readonly layout: CanvasLayout;
      readonly seed: number;
      readonly strategy: string;
    }
  | {
      readonly kind: 'scene';
      readonly model: Model;
      readonly strategy: string;
      readonly canvas: Promise<SavedCanvas>;
    };

/** A record up to one moment. */
export interface SessionRecord {
  readonly start: RecordStart;
  readonly events: readonly RecordedEvent[];
  /** The number of steps after the last event. */
  readonly after: number;
}

/** A record larger than this starts again, with the canvas as it is then. */
const MOST_BYTES = 32 * 2 ** 20;
const MOST_EVENTS = 150_000;
const BYTES_A_POINT = 24;

function bytesOf(operation: CanvasOperation): number {
  const points = 'points' in operation ? operation.points.length : 0;
  return (inkOf(operation)?.length ?? 0) + points * BYTES_A_POINT;
}

export class SessionRecorder implements SimulationObserver {
  readonly #simulation: Simulation;
  #start: RecordStart;
  #events: RecordedEvent[] = [];
  #after = 0;
  #bytes = 0;
  #edits = new WeakMap<object, number>();
  #editCount = 0;
  #tuning: Tuning = { kind: 'tune', dropout: -1, noise: -1, firing: 'block' };
  /** Whether the edit in progress was begun in this record. */
  #hasBegun = false;
  /**
   * Whether the model is learning. Repeating that would take every version of its weights, so nothing is recorded until
   * it is over, and the record begins again then.
   */
  #isLearning = false;
  /** The step that should run next. A different one shows that something happened unnoticed. */
  #step: number;
  /** Is also notified of every operation. */
  listener: ((operation: Operation) => void) | null = null;

  /** @param simulation a simulation on which nothing has happened yet */
  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { model, layout, seed, strategy } = simulation;
    this.#start = { kind: 'empty', model, layout, seed, strategy: strategy.name };
    this.#step = simulation.time.step;
    simulation.observer = this;
  }

  /** Returns what has been recorded so far. It does not change afterwards. */
  take(): SessionRecord {
    // Until the next version of the weights, the session can be repeated from here.
    if (this.#isLearning) this.#beginAnew();
    return { start: this.#start, events: this.#events.slice(), after: this.#after };
  }

  stepping(steps: number): void {
    if (this.#isLearning) return;
    const { dropout, noise, firing, step } = this.#simulation.time;
    if (step !== this.#step) this.#beginAnew();
    const before = this.#tuning;
    if (dropout !== before.dropout || noise !== before.noise || firing !== before.firing) {
      this.#tuning = { kind: 'tune', dropout, noise, firing };
      this.#push(this.#tuning);
    }
    this.#after += steps;
    this.#step = step + steps;
  }

  changed(operation: Operation): void {
    this.listener?.(operation);
    if (operation.kind === 'learning') this.#isLearning = true;
    if (this.#isLearning && operation.kind !== 'replaced') return;
    const recorded = this.#recorded(operation);
    if (recorded) this.#push(recorded);
    if (operation.kind === 'reset') this.#step = 0;
    else if (operation.kind === 'replaced') this.#beginAnew();
  }

  /**
   * The operation for the record, with copies of everything that may change. Null if it does not belong to this record.
   */
  #recorded(operation: Operation): RecordedOperation | null {
    switch (operation.kind) {
      case 'begin':
        this.#hasBegun = true;
        return operation;
      case 'end': {
        if (!this.#hasBegun) return null;
        this.#hasBegun = false;
        return { kind: 'end', edit: this.#number(operation.edit) };
      }
      case 'revert': {
        const edit = this.#edits.get(operation.edit);
        if (edit !== undefined) return { kind: 'revert', edit, inverse: this.#number(operation.inverse) };
        // The edit was made before the record began.
        this.#beginAnew();
        return null;
      }
      case 'forget': {
        const edit = this.#edits.get(operation.edit);
        return edit === undefined ? null : { kind: 'forget', edit };
      }
      case 'replaced':
      case 'learning':
        return null;
      case 'reset':
      case 'model':
      case 'layout':
      case 'strategy':
        return operation;
      default:
        this.#bytes += bytesOf(operation);
        return copyOperation(operation);
    }
  }

  #number(edit: object | null): number | null {
    if (!edit) return null;
    this.#edits.set(edit, this.#editCount);
    this.#editCount += 1;
    return this.#editCount - 1;
  }

  #push(operation: RecordedOperation): void {
    this.#events.push({ after: this.#after, operation });
    this.#after = 0;
    if (this.#bytes > MOST_BYTES || this.#events.length > MOST_EVENTS) this.#beginAnew();
  }

  /** Starts again with the canvas as it is now. */
  #beginAnew(): void {
    const { model, strategy } = this.#simulation;
    const canvas = this.#simulation.save();
    // The error is reported when the record is saved, which may never happen.
    canvas.catch(() => undefined);
    this.#start = { kind: 'scene', model, strategy: strategy.name, canvas };
    this.#events = [];
    this.#after = 0;
    this.#bytes = 0;
    this.#edits = new WeakMap();
    this.#editCount = 0;
    this.#hasBegun = false;
    this.#isLearning = false;
    this.#tuning = { ...this.#tuning, dropout: -1 };
    this.#step = this.#simulation.time.step;
  }
}
