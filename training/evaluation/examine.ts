/**
 * The course of an evaluation for some digits at once: 200 steps from a fresh
 * state, then a true mutation into other digits, and 200 steps more.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hash2 } from '../../engine/common/random/hash.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { Batch, type Sample } from '../automaton/batch.ts';
import { Automaton } from '../automaton/rollout.ts';
import type { Kernels } from '../backend/kernels.ts';
import { mutate, type Digit } from '../loop/pool.ts';
import { addTally, emptyTally, labelsOf, tallyLabels, type Tally } from './tally.ts';

/** Steps after which labels are counted, from a fresh state and again from the mutation. */
export const MILESTONES = [20, 80, 200] as const;
const LAST_STEP = 200;
/** The last steps before the mutation, over which flicker is counted. */
const FLICKER_STEPS = 10;

/** What came of an evaluation, as whole numbers that can be added. */
export interface Findings {
  /** One for each of {@link MILESTONES}. */
  readonly steps: Tally[];
  readonly mutation: Tally[];
  /** Label changes of cells with ink, and how many there could have been. */
  changes: number;
  chances: number;
}

/** A group of digits that are stepped together. */
export interface Group {
  /** The group's number, which seeds its chance. */
  readonly index: number;
  readonly digits: readonly Digit[];
  /** What each digit becomes in the mutation. */
  readonly successors: readonly Digit[];
}

export function emptyFindings(): Findings {
  return {
    steps: MILESTONES.map(() => emptyTally()),
    mutation: MILESTONES.map(() => emptyTally()),
    changes: 0,
    chances: 0,
  };
}

export function addFindings(total: Findings, part: Findings): void {
  part.steps.forEach((tally, index) => addTally(total.steps[index], tally));
  part.mutation.forEach((tally, index) => addTally(total.mutation[index], tally));
  total.changes += part.changes;
  total.chances += part.chances;
}

/** Evaluates one model, group by group. */
export class Examiner {
  readonly #automaton: Automaton;
  readonly #specification: ModelSpecification;
  readonly #seed: number;

  /** `weights` are flat; see `variablesOf`. */
  constructor(specification: ModelSpecification, weights: Float32Array, kernels: Kernels, seed: number) {
    this.#specification = specification;
    this.#seed = seed;
    this.#automaton = new Automaton(specification, kernels);
    this.#automaton.setWeights(weights);
  }

  examine({ index, digits, successors }: Group): Findings {
    const findings = emptyFindings();
    const seed = hash2(this.#seed, index);
    const fresh = digits.map((digit): Sample => ({ ...digit, state: null }));
    const batch = new Batch(fresh, this.#specification);
    const states = this.#watch(batch, seed, 0, findings.steps, findings);
    const mutated = batch.samples.map((sample, digit) =>
      mutate({ ...sample, state: states[digit] }, successors[digit], this.#specification),
    );
    this.#watch(new Batch(mutated, this.#specification), seed, LAST_STEP, findings.mutation, null);
    return findings;
  }

  dispose(): void {
    this.#automaton.dispose();
  }

  /** Steps a batch through the milestones and returns the last states. */
  #watch(batch: Batch, seed: number, firstStep: number, tallies: Tally[], flicker: Findings | null): Float32Array[] {
    const specification = this.#specification;
    const { count } = specification.channels;
    let state = tf.tensor2d(batch.initialState(), [batch.rowCount, count]);
    let done = 0;
    let before: Int8Array | null = null;
    const stops = new Set<number>(MILESTONES);
    for (let step = LAST_STEP - FLICKER_STEPS; flicker && step < LAST_STEP; step += 1) stops.add(step);
    let values = new Float32Array(0);
    for (const stop of [...stops].sort((a, b) => a - b)) {
      const options = { seed, firstStep: firstStep + done, steps: stop - done, firstSlot: 0 };
      state = this.#automaton.run(batch, state, options);
      done = stop;
      values = state.dataSync<'float32'>() as Float32Array<ArrayBuffer>;
      const labels = labelsOf(batch, values, specification);
      const milestone = MILESTONES.findIndex((value) => value === stop);
      if (milestone >= 0) tallies[milestone] = tallyLabels(batch, labels, specification.classes.length);
      if (flicker && stop >= LAST_STEP - FLICKER_STEPS) {
        if (before) countChanges(before, labels, flicker);
        before = labels;
      }
    }
    state.dispose();
    return batch.statesOf(values);
  }
}

function countChanges(before: Int8Array, after: Int8Array, findings: Findings): void {
  for (let row = 0; row < after.length; row += 1) {
    if (after[row] < 0) continue;
    findings.chances += 1;
    if (after[row] !== before[row]) findings.changes += 1;
  }
}
