/** What a page asks of a teacher, and what it hears from it. */
import type { Model } from '../../common/model/weights.ts';
import type { Sign } from './sign.ts';
import type { SignIssue } from './sign-issue.ts';

/** What is to be taught. The same model, signs, seed, steps and backend give the same weights, bit for bit. */
export interface TeachRequest {
  /** The model to begin with. It is not changed. */
  readonly model: Model;
  /** The new signs; see `checkSigns` for what is wrong with them. */
  readonly signs: readonly Sign[];
  /** 0 by default. */
  readonly seed?: number;
  /** How long to learn, in seconds; 60 if neither this nor `steps` is given. */
  readonly seconds?: number;
  /** How many training steps to take instead. */
  readonly steps?: number;
  /** How many workers share the work; as many as there are cores but one by default. Does not change the result. */
  readonly workers?: number;
  /** Where to compute; "auto" by default. Matters in a page only. */
  readonly backend?: TeachBackendChoice;
}

/**
 * What a page computes with: a GPU by WebGPU, or WebAssembly. "auto" takes a GPU unless a processor plays it, and goes
 * over to WebAssembly if it fails.
 */
export const TEACH_BACKEND_CHOICES = ['auto', 'webgpu', 'wasm'] as const;
export type TeachBackendChoice = (typeof TEACH_BACKEND_CHOICES)[number];

/** How well a model reads what it did not learn from: drawings that were held back, and handwritten digits. */
export interface Measurement {
  /** The new signs, in the order of the request. */
  readonly signs: readonly SignScore[];
  readonly digits: Score;
}

/** Shares in 0…1 after 80 automaton steps. */
export interface Score {
  /** Cells with ink that have the right label. */
  readonly accuracy: number;
  /** Drawings most of whose cells have the right label. */
  readonly majority: number;
}

export interface SignScore extends Score {
  readonly name: string;
  /** The class that its cells are taken for most often instead, if that happens at all. */
  readonly confusion: { readonly name: string; readonly share: number } | null;
}

/** A training step that was taken. */
export interface TeachProgress {
  /** Training steps taken, from 1. */
  readonly step: number;
  /** Training steps in all, or null where the seconds decide. */
  readonly steps: number | null;
  /** Seconds of learning until now, without pauses. */
  readonly seconds: number;
  /** The share of the course that is done, 0…1. */
  readonly share: number;
  /** The loss of this step. It is noisy. */
  readonly loss: number;
}

/** Hears about a course while it goes on. */
export interface TeachListener {
  /** Something about the drawings that only the model can tell, before the first step. */
  issue?(issue: SignIssue): void;
  /** After every training step. */
  progress?(progress: TeachProgress): void;
  /**
   * The weights as they are now, at the beginning and then about once a second. Every one has the same specification
   * but for `training`, `taught` and `accuracy`.
   */
  model?(model: Model, step: number): void;
  /** How well it does, at the beginning and then every few seconds. */
  measured?(measurement: Measurement, step: number): void;
}

/** What came of a course. */
export interface TeachResult {
  /** The taught model; its specification says what it was taught. */
  readonly model: Model;
  readonly measurement: Measurement;
  readonly seconds: number;
  /** Repeats the course if given as `steps`. */
  readonly steps: number;
  /** What it was computed with, such as "wasm". */
  readonly backend: string;
}

/** A course that is under way in workers. */
export interface Teacher {
  /** The result, once the time is over or {@link stop} was called; rejects if it fails or is cancelled. */
  readonly done: Promise<TeachResult>;
  /** Ends the course after the present step and keeps what there is. */
  stop(): void;
  /** Stops learning until {@link resume}; the time does not go on. */
  pause(): void;
  resume(): void;
  /** Lets learning rest for a share of the time, 0…1 and less than 1, in rests of some milliseconds each. */
  rest(share: number): void;
  /** Ends the course and its workers at once; nothing is kept. */
  cancel(): void;
}
