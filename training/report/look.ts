/** Examines the model during a run: its scores on some digits, and pictures of them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Model } from '../../engine/common/model/weights.ts';
import type { AutomatonMaker } from '../../engine/learning/rollout/automaton.ts';
import { Batch, type Sample } from '../../engine/learning/rollout/batch.ts';
import { flattenWeights } from '../../engine/learning/rollout/layers.ts';
import type { Digits } from '../digits/digits.ts';
import { confusionOf, worstOf, type WorstDigit } from '../evaluation/confusion.ts';
import { cutGroups, groupTrials, listDigits } from '../evaluation/evaluate.ts';
import {
  labelsOf,
  scoresOf,
  tallyOf,
  verdictsOf,
  type Scores,
  type Verdict,
} from '../../engine/learning/rollout/tally.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { paintBatch, tilePaintings, type Sheet } from './paint.ts';

/** Digits of the film, and its steps. */
const FILM_DIGITS = 8;
const FILM_COLUMNS = 4;
export const FILM_STEPS = 80;
const WORST_COUNT = 20;
const GALLERY_ROWS = 6;
/** The same firing at every look: only the model makes a difference. */
const SEED = 0;

/** The findings. */
export interface Look {
  readonly digits: number;
  /** By automaton step. */
  readonly scores: Record<string, Scores>;
  /** At the last step. */
  readonly lastStep: number;
  readonly confusion: number[][];
  readonly worst: readonly { readonly digit: WorstDigit; readonly painting: Uint8Array }[];
  /** A column a class, the first digits of each. */
  readonly gallery: Sheet;
  /** The first digits after 0 to 80 steps. */
  readonly film: readonly Sheet[];
}

/** What to look with. */
export interface LookOptions {
  readonly make: AutomatonMaker;
  readonly digits: Digits;
  /** Automaton steps to look after, ascending. */
  readonly stops: readonly number[];
  /** Asked between groups of digits; true ends the look. */
  readonly shouldStop: () => boolean;
}

/** Looks at a model; null if it was stopped. */
export async function lookAt({ specification, weights }: Model, options: LookOptions): Promise<Look | null> {
  const { make, digits, stops, shouldStop } = options;
  const { classes } = specification;
  const automaton = make(specification);
  automaton.setWeights(flattenWeights(specification, weights));
  const begin = (samples: readonly Digit[]): Batch =>
    new Batch(
      samples.map((digit): Sample => ({ ...digit, state: null })),
      specification,
    );
  try {
    const all = listDigits(digits);
    const verdicts: Verdict[][] = stops.map(() => []);
    const paintings: Uint8Array[] = [];
    for (const { seed, digits: group } of groupTrials(all, SEED, { stops, dropout: null, halfFloats: false })) {
      // Signals are only heard when the event loop turns.
      await nextTurn();
      if (shouldStop()) return null;
      const batch = begin(group);
      let state = batch.initialState();
      let done = 0;
      for (const [index, stop] of stops.entries()) {
        state = await automaton.run(batch, state, { seed, firstStep: done, steps: stop - done, firstSlot: 0 });
        done = stop;
        verdicts[index].push(...verdictsOf(batch, labelsOf(batch, state, specification), classes.length));
        if (index === stops.length - 1) paintings.push(...paintBatch(batch, state, specification));
      }
    }

    const film: Sheet[] = [];
    const batch = begin(all.slice(0, FILM_DIGITS));
    let state = batch.initialState();
    for (let step = 0; step <= FILM_STEPS; step += 1) {
      const painted = paintBatch(batch, state, specification);
      film.push(tilePaintings(painted, FILM_COLUMNS, classes.length + 1));
      state = await automaton.run(batch, state, { seed: SEED, firstStep: step, steps: 1, firstSlot: 0 });
    }

    const last = verdicts[verdicts.length - 1];
    const scores = stops.map((step, index): [number, Scores] => [step, scoresOf(tallyOf(verdicts[index]))]);
    return {
      digits: digits.count,
      scores: Object.fromEntries(scores),
      lastStep: stops[stops.length - 1],
      confusion: confusionOf(last, classes.length),
      worst: worstOf([last], WORST_COUNT).map((digit) => ({ digit, painting: paintings[digit.index] })),
      gallery: arrangeGallery(paintings, digits.labels, classes.length),
      film,
    };
  } finally {
    automaton.dispose();
  }
}

function arrangeGallery(paintings: readonly Uint8Array[], labels: Uint8Array, classCount: number): Sheet {
  const paper = new Uint8Array(paintings[0].length).fill(classCount + 1);
  const columns = Array.from({ length: classCount }, (_, label) =>
    paintings.filter((_, index) => labels[index] === label),
  );
  const rows = Math.min(GALLERY_ROWS, Math.max(...columns.map((column) => column.length)));
  const cells = Array.from({ length: rows }, (_, row) => columns.map((column) => column[row] ?? paper));
  return tilePaintings(cells.flat(), classCount, classCount + 1);
}

/** The first samples of a pool in the states that they are in, as one picture. */
export function paintPool(pool: readonly Sample[], specification: Model['specification'], most: number): Sheet {
  const paintings = cutGroups(pool.slice(0, most)).flatMap((samples) => {
    const batch = new Batch(samples, specification);
    return paintBatch(batch, batch.initialState(), specification);
  });
  return tilePaintings(paintings, 20, specification.classes.length + 1);
}
