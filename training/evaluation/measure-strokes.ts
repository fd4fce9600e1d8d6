/** Measures how a model reads pen strokes drawn with the page's brush, by size and form, and finds the worst writers. */
import { hash2 } from '../../engine/common/random/hash.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { drawGlyph, UPRIGHT } from '../../engine/learning/strokes/draw-glyph.ts';
import type { Glyph, GlyphSet } from '../strokes/glyphs.ts';
import { areDigits } from '../strokes/look-alikes.ts';
import { nameAnyForm, type FormName } from '../strokes/name-form.ts';
import { confusedPairs, type ConfusedPair } from './confusion.ts';
import { groupTrials, PAIR_COUNT } from './evaluate.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { measureTouching, MOST_PAIRS, type TouchingScores } from './measure-touching.ts';
import { mergedScores, type MergedClasses } from './merged-classes.ts';
import {
  findWorstWriters,
  poolForms,
  scoreForms,
  type FormScores,
  type PooledForm,
  type Reading,
  type WriterScores,
} from './score-readings.ts';
import { separate, type Separated } from './separation.ts';
import { cutSets, sizesOf, type Size } from './stroke-sets.ts';
import { scoresOf, tallyOf, type Scores, type Verdict } from '../../engine/learning/rollout/tally.ts';

export interface StrokeOptions {
  /** Cells of the pen's path. */
  readonly heights: readonly number[];
  /** Of the brush, cells; every height is drawn with every radius. */
  readonly radii: readonly number[];
  readonly steps: number;
  /** Glyphs of a set, see {@link cutSets}. */
  readonly limit: number;
  readonly seed: number;
  /** Other labels are not classes of the model. */
  readonly classNames: readonly string[];
  /** Classes to count as one beside the other scores, or null. */
  readonly merged?: MergedClasses | null;
  /** Called as work is done; both count glyphs, each once a size, and touching pairs. */
  readonly progress?: (done: number, total: number) => void;
}

/** What came of one file at one size; shares in 0…1. */
export interface StrokeScores extends Size {
  /** Its name, or that of a part of it. */
  readonly file: string;
  /** Only of signs that look like a digit, for which no answer is right. */
  readonly lookAlikes?: true;
  readonly n: number;
  /** For glyphs that are not a class, undecided cells count as right. */
  readonly cellAccuracy: number;
  readonly agreement: number;
  /** For glyphs that are not a class: the share of those most of whose cells are undecided. */
  readonly majorityAccuracy: number;
  /** Share of the undecided cells. */
  readonly undecided: number;
}

/** How well undecided cells tell the classes' glyphs from all others, at one size. */
export interface Separation extends Size, Separated {}

/** A glyph that was read wrong, or something that is no class and was read as one. */
export interface Mistake extends Size {
  readonly file: string;
  readonly writer: string;
  readonly label: string;
  readonly form: FormName | null;
  /** A class, or `NO_CLASS`. */
  readonly vote: number;
  /** side · side bytes of ink. */
  readonly pixels: Uint8Array;
}

/** Scores for which several classes are one, in the order of the others. */
export interface MergedStrokes {
  readonly groups: MergedClasses['groups'];
  readonly strokes: StrokeScores[];
}

export interface StrokeFindings {
  readonly strokes: StrokeScores[];
  /** Null if no classes are merged. */
  readonly merged: MergedStrokes | null;
  /** The pairs of classes that are most often taken for each other, at all sizes together. */
  readonly pairs: ConfusedPair[];
  /** Of the classes' glyphs, form by form and size by size; only forms that there are. */
  readonly forms: FormScores[];
  /** The same at all sizes together, worst first. */
  readonly pooledForms: PooledForm[];
  /** Worst first. */
  readonly worstWriters: WriterScores[];
  /** Without signs that look like a class; empty without glyphs of both kinds. */
  readonly separation: Separation[];
  /** Of digits that touch; empty if the classes are not digits, or there are none. */
  readonly touching: TouchingScores[];
  /** In the order of the files, then of the sizes; none of signs that look like a class. */
  readonly mistakes: Mistake[];
}

/** Glyphs drawn upright, each at its own place, which depends only on the seed and its number. */
function drawAll(
  glyphs: readonly Glyph[],
  { height, radius }: Size,
  { seed, classNames }: Pick<StrokeOptions, 'seed' | 'classNames'>,
): Digit[] {
  return glyphs.map(({ strokes, label }, index) => ({
    pixels: drawGlyph(strokes, { ...UPRIGHT, height, radius }, new Random(hash2(seed, index))),
    label: classNames.includes(label) ? classNames.indexOf(label) : NO_CLASS,
  }));
}

/** Measures a model on the glyphs of some files. */
export async function measureStrokes(
  team: ExaminerTeam,
  files: readonly GlyphSet[],
  options: StrokeOptions,
): Promise<StrokeFindings> {
  const { heights, radii, steps, limit, seed, classNames, merged = null, progress = () => undefined } = options;
  const sets = cutSets(files, classNames, limit);
  const sizes = sizesOf(heights, radii);
  const paired = areDigits(classNames)
    ? sets.flatMap(({ glyphs }) => glyphs).filter(({ label }) => classNames.includes(label))
    : [];
  const pairCount = Math.min(MOST_PAIRS, paired.length);
  const total = sizes.length * sets.reduce((sum, { glyphs }) => sum + glyphs.length, pairCount);
  let done = 0;
  const count = (more: number): void => progress((done += more), total);
  const strokes: StrokeScores[] = [];
  const mergedStrokes: StrokeScores[] = [];
  const readings: Reading[] = [];
  const mistakes: Mistake[] = [];
  for (const { name: file, glyphs, lookAlikes } of sets) {
    for (const size of sizes) {
      const digits = drawAll(glyphs, size, options);
      const trials = groupTrials(digits, seed, { stops: [steps], dropout: null, halfFloats: false });
      const verdicts = (await team.settle(trials, count)).flatMap(([last]) => last);
      const scored = ({ cellAccuracy, agreement, majorityAccuracy, undecided }: Scores): StrokeScores => ({
        ...(lookAlikes && { lookAlikes }),
        ...{ file, ...size, n: digits.length, cellAccuracy, agreement, majorityAccuracy, undecided },
      });
      strokes.push(scored(scoresOf(tallyOf(verdicts))));
      if (merged) mergedStrokes.push(scored(mergedScores(verdicts, merged)));
      if (lookAlikes) continue;
      glyphs.forEach(({ writer, label, strokes: path }, index) => {
        const verdict = verdicts[index];
        const form = verdict.label === NO_CLASS ? null : nameAnyForm(label, path);
        readings.push({ file, writer, form, size, verdict });
        if (verdict.vote === verdict.label) return;
        mistakes.push({ file, writer, label, form, ...size, vote: verdict.vote, pixels: digits[index].pixels });
      });
    }
  }
  const touching: TouchingScores[] = [];
  for (const size of pairCount > 0 ? sizes : []) {
    touching.push(await measureTouching(team, paired, size, { steps, seed, classNames }, count));
  }
  const verdictsOf = (some: readonly Reading[]): Verdict[] => some.map(({ verdict }) => verdict);
  return {
    strokes,
    merged: merged && { groups: merged.groups, strokes: mergedStrokes },
    pairs: confusedPairs(verdictsOf(readings), classNames.length, PAIR_COUNT),
    forms: scoreForms(readings, sizes),
    pooledForms: poolForms(readings, sizes),
    mistakes,
    worstWriters: findWorstWriters(readings, sizes),
    separation: sizes.flatMap((size) => {
      const separated = separate(verdictsOf(readings.filter((reading) => reading.size === size)));
      return separated === null ? [] : [{ ...size, ...separated }];
    }),
    touching,
  };
}
