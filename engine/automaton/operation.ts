/**
 * What has happened to a simulation, one thing at a time: whoever does the same
 * to another one of the same beginning has the same state, bit for bit.
 */
import type { Model } from '../common/model/weights.ts';
import type { CanvasOperation } from './canvas-operation.ts';
import type { Edit } from './edit-recorder.ts';
import type { ArchivedStates } from './state-archive.ts';
import type { CanvasLayout } from './types.ts';

type AnEdit = Edit<ArchivedStates>;

/** A change of the canvas, or of what runs on it. */
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
  /** All of it is another now, not by anything that could be done again: a saved canvas, or a restored context. */
  | { readonly kind: 'replaced' };

/** Is told of everything that decides the state, in its order. */
export interface SimulationObserver {
  /** So many steps are about to be issued, with the simulation's present dropout, noise and firing. */
  stepping(steps: number): void;
  /** Has just been done. What it holds is the caller's, and may change later. */
  changed(operation: Operation): void;
}
