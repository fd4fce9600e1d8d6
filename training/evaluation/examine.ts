/**
 * The course of an evaluation for some digits at once: 200 steps from a fresh
 * state, then a true mutation into other digits, and 200 steps more. Or, to see
 * how a model takes something, any number of steps with a look now and then.
 */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Automaton, AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { Batch, type Sample } from '../../engine/learning/rollout/batch.ts';
import { mutate, type Digit } from '../../engine/learning/loop/pool.ts';
import { roundToHalf } from './half.ts';
import {
  addTally,
  emptyTally,
  labelsOf,
  NO_INK,
  tallyOf,
  verdictsOf,
  type Tally,
  type Verdict,
} from '../../engine/learning/rollout/tally.ts';

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
  /** What every digit says at the last step before the mutation, in their order. */
  readonly verdicts: Verdict[];
  /** Label changes of cells with ink, and how many there could have been. */
  changes: number;
  chances: number;
}

/** A group of digits that are stepped together. */
export interface Group {
  /** Seed of its firing and noise. */
  readonly seed: number;
  readonly digits: readonly Digit[];
  /** What each digit becomes in the mutation. */
  readonly successors: readonly Digit[];
}

/** Steps from a fresh state, perhaps under other circumstances than in training. */
export interface Trial {
  readonly seed: number;
  readonly digits: readonly Digit[];
  /** The steps after which labels are counted, ascending. */
  readonly stops: readonly number[];
  /** Another dropout than the trained one, with the expected drive kept, or null. */
  readonly dropout: number | null;
  /** Whether the state is rounded to half floats after each step. */
  readonly halfFloats: boolean;
}

/** Digits that are changed into others after some steps, which then have as many steps. */
export interface Successions extends Group {
  readonly steps: number;
}

/** What a digit says just before it is changed, and what its successor says in the end. */
export interface Succession {
  readonly before: Verdict;
  readonly after: Verdict;
}

export function emptyFindings(): Findings {
  return {
    steps: MILESTONES.map(() => emptyTally()),
    mutation: MILESTONES.map(() => emptyTally()),
    verdicts: [],
    changes: 0,
    chances: 0,
  };
}

export function addFindings(total: Findings, part: Findings): void {
  part.steps.forEach((tally, index) => addTally(total.steps[index], tally));
  part.mutation.forEach((tally, index) => addTally(total.mutation[index], tally));
  total.verdicts.push(...part.verdicts);
  total.changes += part.changes;
  total.chances += part.chances;
}

/** Evaluates one model, group by group. */
export class Examiner {
  readonly #specification: ModelSpecification;
  readonly #weights: Float32Array;
  readonly #make: AutomatonMaker;
  /** By dropout; each holds the weights scaled for its own. */
  readonly #automata = new Map<number, Automaton>();

  /** `weights` are flat; see `variablesOf`. */
  constructor(specification: ModelSpecification, weights: Float32Array, make: AutomatonMaker) {
    this.#specification = specification;
    this.#weights = weights;
    this.#make = make;
  }

  /** The whole course for one group. */
  async examine({ seed, digits, successors }: Group): Promise<Findings> {
    const findings = emptyFindings();
    const batch = this.#begin(digits);
    const states = await this.#watch(batch, seed, 0, findings.steps, findings);
    const mutated = batch.samples.map((sample, digit) =>
      mutate({ ...sample, state: states[digit] }, successors[digit], this.#specification),
    );
    await this.#watch(new Batch(mutated, this.#specification), seed, LAST_STEP, findings.mutation, null);
    return findings;
  }

  /** What the digits say at each stop of a trial. */
  async settle({ seed, digits, stops, dropout, halfFloats }: Trial): Promise<Verdict[][]> {
    const batch = this.#begin(digits);
    const automaton = this.#automatonFor(dropout ?? this.#specification.step.dropout);
    let state = batch.initialState();
    let done = 0;
    const verdicts: Verdict[][] = [];
    for (const stop of stops) {
      // One step at a time where something happens between two.
      const stride = halfFloats ? 1 : stop - done;
      for (; done < stop; done += stride) {
        state = await automaton.run(batch, state, { seed, firstStep: done, steps: stride, firstSlot: 0 });
        if (halfFloats) state = this.#roundState(state);
      }
      const labels = labelsOf(batch, state, this.#specification);
      verdicts.push(verdictsOf(batch, labels, this.#specification.classes.length));
    }
    return verdicts;
  }

  /** What digits say before they are changed into their successors, and afterwards. */
  async succeed({ seed, digits, successors, steps }: Successions): Promise<Succession[]> {
    const specification = this.#specification;
    const automaton = this.#automatonFor(specification.step.dropout);
    const first = this.#begin(digits);
    const run = async (batch: Batch, firstStep: number): Promise<{ state: Float32Array; verdicts: Verdict[] }> => {
      const options = { seed, firstStep, steps, firstSlot: 0 };
      const state = await automaton.run(batch, batch.initialState(), options);
      return {
        state,
        verdicts: verdictsOf(batch, labelsOf(batch, state, specification), specification.classes.length),
      };
    };
    const before = await run(first, 0);
    const states = first.statesOf(before.state);
    const changed = first.samples.map((sample, digit) =>
      mutate({ ...sample, state: states[digit] }, successors[digit], specification),
    );
    const after = await run(new Batch(changed, specification), steps);
    return before.verdicts.map((verdict, digit) => ({ before: verdict, after: after.verdicts[digit] }));
  }

  dispose(): void {
    for (const automaton of this.#automata.values()) automaton.dispose();
    this.#automata.clear();
  }

  #automatonFor(dropout: number): Automaton {
    let automaton = this.#automata.get(dropout);
    if (!automaton) {
      automaton = this.#make(this.#specification, { dropout });
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

  /** The state with every channel but the ink, which is kept apart, rounded to half floats. */
  #roundState(state: Float32Array): Float32Array {
    const { count, ink } = this.#specification.channels;
    return state.map((value, index) => (index % count === ink ? value : roundToHalf(value)));
  }

  /** Steps a batch through the milestones and returns the last states; `findings` takes flicker and verdicts. */
  async #watch(
    batch: Batch,
    seed: number,
    firstStep: number,
    tallies: Tally[],
    findings: Findings | null,
  ): Promise<Float32Array[]> {
    const specification = this.#specification;
    const automaton = this.#automatonFor(specification.step.dropout);
    const stops = new Set<number>(MILESTONES);
    for (let step = LAST_STEP - FLICKER_STEPS; findings && step < LAST_STEP; step += 1) stops.add(step);
    let state = batch.initialState();
    let done = 0;
    let before: Int8Array | null = null;
    for (const stop of [...stops].sort((a, b) => a - b)) {
      const options = { seed, firstStep: firstStep + done, steps: stop - done, firstSlot: 0 };
      state = await automaton.run(batch, state, options);
      done = stop;
      const labels = labelsOf(batch, state, specification);
      const milestone = MILESTONES.findIndex((value) => value === stop);
      if (milestone >= 0) {
        const verdicts = verdictsOf(batch, labels, specification.classes.length);
        tallies[milestone] = tallyOf(verdicts);
        if (stop === LAST_STEP) findings?.verdicts.push(...verdicts);
      }
      if (findings && stop >= LAST_STEP - FLICKER_STEPS) {
        if (before) countChanges(before, labels, findings);
        before = labels;
      }
    }
    return batch.statesOf(state);
  }
}

function countChanges(before: Int8Array, after: Int8Array, findings: Findings): void {
  for (let row = 0; row < after.length; row += 1) {
    if (after[row] === NO_INK) continue;
    findings.chances += 1;
    if (after[row] !== before[row]) findings.changes += 1;
  }
}
