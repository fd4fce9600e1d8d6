/**
 * The course of an evaluation for some digits at once: 200 steps from a fresh
 * state, then a true mutation into other digits, and 200 steps more. Or, to see
 * how a model takes something, any number of steps and a look at the end.
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

/** Some steps with another dropout than the trained one, if one is given, and a look at the end. */
export interface Trial {
  readonly index: number;
  readonly digits: readonly Digit[];
  readonly steps: number;
  readonly dropout: number | null;
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
  readonly #specification: ModelSpecification;
  readonly #weights: Float32Array;
  readonly #kernels: Kernels;
  readonly #seed: number;
  /** By dropout; each holds the weights scaled for its own. */
  readonly #automata = new Map<number, Automaton>();

  /** `weights` are flat; see `variablesOf`. */
  constructor(specification: ModelSpecification, weights: Float32Array, kernels: Kernels, seed: number) {
    this.#specification = specification;
    this.#weights = weights;
    this.#kernels = kernels;
    this.#seed = seed;
  }

  /** The whole course for one group. */
  examine({ index, digits, successors }: Group): Findings {
    const findings = emptyFindings();
    const seed = hash2(this.#seed, index);
    const batch = this.#begin(digits);
    const states = this.#watch(batch, seed, 0, findings.steps, findings);
    const mutated = batch.samples.map((sample, digit) =>
      mutate({ ...sample, state: states[digit] }, successors[digit], this.#specification),
    );
    this.#watch(new Batch(mutated, this.#specification), seed, LAST_STEP, findings.mutation, null);
    return findings;
  }

  /** What the digits say after some steps. */
  settle({ index, digits, steps, dropout }: Trial): Tally {
    const batch = this.#begin(digits);
    const options = { seed: hash2(this.#seed, index), firstStep: 0, steps, firstSlot: 0 };
    const automaton = this.#automatonFor(dropout ?? this.#specification.step.dropout);
    const state = automaton.run(batch, this.#tensorOf(batch), options);
    const labels = labelsOf(batch, state.dataSync<'float32'>(), this.#specification);
    state.dispose();
    return tallyLabels(batch, labels, this.#specification.classes.length);
  }

  dispose(): void {
    for (const automaton of this.#automata.values()) automaton.dispose();
    this.#automata.clear();
  }

  #automatonFor(dropout: number): Automaton {
    let automaton = this.#automata.get(dropout);
    if (!automaton) {
      automaton = new Automaton(this.#specification, this.#kernels, { dropout });
      automaton.setWeights(this.#weights);
      this.#automata.set(dropout, automaton);
    }
    return automaton;
  }

  #begin(digits: readonly Digit[]): Batch {
    return new Batch(
      digits.map((digit): Sample => ({ ...digit, state: null })),
      this.#specification,
    );
  }

  #tensorOf(batch: Batch): tf.Tensor2D {
    return tf.tensor2d(batch.initialState(), [batch.rowCount, this.#specification.channels.count]);
  }

  /** Steps a batch through the milestones and returns the last states. */
  #watch(batch: Batch, seed: number, firstStep: number, tallies: Tally[], flicker: Findings | null): Float32Array[] {
    const specification = this.#specification;
    const automaton = this.#automatonFor(specification.step.dropout);
    const stops = new Set<number>(MILESTONES);
    for (let step = LAST_STEP - FLICKER_STEPS; flicker && step < LAST_STEP; step += 1) stops.add(step);
    let state = this.#tensorOf(batch);
    let done = 0;
    let before: Int8Array | null = null;
    let values: Float32Array = new Float32Array(0);
    for (const stop of [...stops].sort((a, b) => a - b)) {
      const options = { seed, firstStep: firstStep + done, steps: stop - done, firstSlot: 0 };
      state = automaton.run(batch, state, options);
      done = stop;
      values = state.dataSync<'float32'>();
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
