/**
 * Everything that happens to a simulation, as a sequence of operations. Applying the same operations to another
 * simulation with the same initial state leads to the same state, bit for bit.
 */
import type { Model } from '../common/model/weights.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { Edit } from './edit-recorder.ts';
import type { ArchivedStates } from './state-archive.ts';
import type { CanvasLayout } from './types.ts';

type AnEdit = Edit<ArchivedStates>;

/** A change to the canvas, or to what runs on it. */
export type Operation =
  | CanvasOperation
  | { readonly kind: 'begin' }
  | { readonly kind: 'end'; readonly edit: AnEdit | null }
  | { readonly kind: 'revert'; readonly edit: AnEdit; readonly inverse: AnEdit | null }
  | { readonly kind: 'forget'; readonly edit: AnEdit }
  | { readonly kind: 'reset'; readonly seed: number }
  | { readonly kind: 'model'; readonly model: Model; readonly strategy: string }
  | { readonly kind: 'layout'; readonly layout: CanvasLayout }
  | { readonly kind: 'strategy'; readonly strategy: string }
  /** The model has been replaced by a newer version while it learns, see `Simulation.handOver`. */
  | { readonly kind: 'learning' }
  /** Everything has been replaced in a way that cannot be repeated: by a saved canvas, or after a context loss. */
  | { readonly kind: 'replaced' };

/** Is notified of everything that decides the state, in order. */
export interface SimulationObserver {
  /** Called before this number of steps is issued, with the simulation's present dropout, noise and firing mode. */
  stepping(steps: number): void;
  /** Called after an operation. Its contents belong to the caller and may change later. */
  changed(operation: Operation): void;
}
