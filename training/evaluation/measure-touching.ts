/** Measures what the cells of two digits say that touch: each its own digit, or nothing, and never a third. */
import { hash2 } from '../../engine/common/random/hash.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { drawGlyph, UPRIGHT } from '../../engine/learning/strokes/draw-glyph.ts';
import { touchingPair } from '../../engine/learning/strokes/touching-pair.ts';
import type { Glyph } from '../strokes/glyphs.ts';
import { groupTrials } from './evaluate.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { spread, type Size } from './stroke-sets.ts';

/** What came of pairs at one size; shares of their inked cells, 0…1. */
export interface TouchingScores extends Size {
  /** Pairs. */
  readonly n: number;
  /** Cells that say one of the two digits. */
  readonly own: number;
  readonly undecided: number;
  /** Cells that say a digit that is neither. */
  readonly third: number;
}

export interface TouchingOptions {
  readonly steps: number;
  readonly seed: number;
  readonly classNames: readonly string[];
}

/** Pairs that are measured at most: their cells are counted, not their votes. */
export const MOST_PAIRS = 200;
/** How far the ink of the two overlaps, in cells. */
const LEAST_OVERLAP = 1;
const MOST_OVERLAP = 2;
/** The stream of random numbers that pairs are made with. */
const PAIR_STREAM = 0x70616972;

/** Measures pairs of some glyphs of the classes at one size, each drawn as high as one glyph; the pairs are always the same. */
export async function measureTouching(
  team: ExaminerTeam,
  glyphs: readonly Glyph[],
  { height, radius }: Size,
  { steps, seed, classNames }: TouchingOptions,
  count: (more: number) => void,
): Promise<TouchingScores> {
  const pairs = spread(glyphs, MOST_PAIRS).map((left, index) => {
    const random = new Random(hash2(seed ^ PAIR_STREAM, index));
    const right = glyphs[random.below(glyphs.length)];
    const overlap = random.range(LEAST_OVERLAP, MOST_OVERLAP);
    const strokes = touchingPair(left.strokes, right.strokes, (2 * radius - overlap) / height, random);
    return {
      classes: new Set([left, right].map(({ label }) => classNames.indexOf(label))),
      digit: { pixels: drawGlyph(strokes, { ...UPRIGHT, height, radius }, random), label: NO_CLASS },
    };
  });
  const digits = pairs.map(({ digit }) => digit);
  const trials = groupTrials(digits, seed, { stops: [steps], dropout: null, halfFloats: false });
  const verdicts = (await team.settle(trials, count)).flatMap(([last]) => last);
  let [ink, own, undecided] = [0, 0, 0];
  verdicts.forEach(({ inkCells, undecidedCells, cellsOfClass }, index) => {
    ink += inkCells;
    undecided += undecidedCells;
    for (const label of pairs[index].classes) own += cellsOfClass[label];
  });
  const share = (cells: number): number => cells / Math.max(1, ink);
  return {
    ...{ height, radius, n: pairs.length },
    ...{ own: share(own), undecided: share(undecided), third: share(ink - own - undecided) },
  };
}
