/** Measures how a model reads pen strokes drawn with the page's brush, by height, and finds the worst writers. */
import { hash2 } from '../../engine/common/random/hash.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { drawGlyph, UPRIGHT } from '../../engine/learning/strokes/draw-glyph.ts';
import type { Glyph, GlyphSet } from '../strokes/glyphs.ts';
import { FORM_NAMES, nameForm, type FormName } from '../strokes/name-form.ts';
import { confusedPairs, type ConfusedPair } from './confusion.ts';
import { groupTrials, PAIR_COUNT } from './evaluate.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { mergedScores, type MergedClasses } from './merged-classes.ts';
import { scoresOf, tallyOf, type Scores, type Verdict } from '../../engine/learning/rollout/tally.ts';

export interface StrokeOptions {
  /** Cells of the pen's path. */
  readonly heights: readonly number[];
  /** Of the brush, cells. */
  readonly radius: number;
  readonly steps: number;
  /** Glyphs of a file, spread evenly over it: a file has one writer after the other. */
  readonly limit: number;
  readonly seed: number;
  /** Other labels are not classes of the model. */
  readonly classNames: readonly string[];
  /** Classes to count as one beside the other scores, or null. */
  readonly merged?: MergedClasses | null;
  /** Called as work is done; both count glyphs, each once a height. */
  readonly progress?: (done: number, total: number) => void;
}

/** What came of one file at one height; shares in 0…1. */
export interface StrokeScores {
  readonly file: string;
  readonly height: number;
  readonly radius: number;
  readonly n: number;
  /** For glyphs that are not a class, undecided cells count as right. */
  readonly cellAccuracy: number;
  readonly agreement: number;
  /** For glyphs that are not a class: the share of those most of whose cells are undecided. */
  readonly majorityAccuracy: number;
  /** Share of the undecided cells. */
  readonly undecided: number;
}

/** A writer, and the share of their glyphs that were read correctly, over all heights. */
export interface WriterScores {
  readonly file: string;
  readonly writer: string;
  readonly n: number;
  readonly majorityAccuracy: number;
}

/** How well undecided cells separate the classes' glyphs from all others, at one height. */
export interface Separation {
  readonly height: number;
  /** The chance that one of the others has a larger share of undecided cells than one of the classes; equals count half. */
  readonly areaUnderCurve: number;
}

/** The digits of one form, at one height. */
export interface FormScores {
  readonly form: FormName;
  readonly height: number;
  readonly n: number;
  readonly majorityAccuracy: number;
}

/** A glyph that was read wrong, or something that is no class and was read as one. */
export interface Mistake {
  readonly file: string;
  readonly writer: string;
  readonly label: string;
  readonly form: FormName | null;
  readonly height: number;
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
  /** The pairs of classes that are most often taken for each other, at all heights together. */
  readonly pairs: ConfusedPair[];
  /** Of the classes' glyphs, form by form; only forms that there are. */
  readonly forms: FormScores[];
  /** Worst first. */
  readonly worstWriters: WriterScores[];
  /** Empty without glyphs of both kinds. */
  readonly separation: Separation[];
  /** In the order of the files, then of the heights. */
  readonly mistakes: Mistake[];
}

const WORST_WRITERS = 8;
/** Writers of fewer glyphs are left out: their shares mean little. */
const FEWEST_GLYPHS = 10;

/** Glyphs drawn upright, each at its own place, which depends only on the seed and its number. */
function drawAll(glyphs: readonly Glyph[], height: number, { radius, seed, classNames }: StrokeOptions): Digit[] {
  return glyphs.map(({ strokes, label }, index) => ({
    pixels: drawGlyph(strokes, { ...UPRIGHT, height, radius }, new Random(hash2(seed, index))),
    label: classNames.includes(label) ? classNames.indexOf(label) : NO_CLASS,
  }));
}

function spread<T>(list: readonly T[], limit: number): T[] {
  const count = Math.min(limit, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]);
}

function append<Key>(lists: Map<Key, Verdict[]>, key: Key, ...verdicts: Verdict[]): void {
  const list = lists.get(key);
  if (list) list.push(...verdicts);
  else lists.set(key, verdicts);
}

/** Measures a model on the glyphs of some files. */
export async function measureStrokes(
  team: ExaminerTeam,
  files: readonly GlyphSet[],
  options: StrokeOptions,
): Promise<StrokeFindings> {
  const { heights, radius, steps, limit, seed, classNames, merged = null, progress = () => undefined } = options;
  const chosen = files.map(({ name, glyphs }) => ({ name, glyphs: spread(glyphs, limit) }));
  const total = heights.length * chosen.reduce((sum, { glyphs }) => sum + glyphs.length, 0);
  let done = 0;
  const count = (more: number): void => progress((done += more), total);
  const strokes: StrokeScores[] = [];
  const mergedStrokes: StrokeScores[] = [];
  const byWriter = new Map<string, { file: string; writer: string; verdicts: Verdict[] }>();
  const byHeight = new Map<number, Verdict[]>();
  const byForm = new Map<string, Verdict[]>();
  const mistakes: Mistake[] = [];
  for (const { name: file, glyphs } of chosen) {
    for (const height of heights) {
      const digits = drawAll(glyphs, height, options);
      const trials = groupTrials(digits, seed, { stops: [steps], dropout: null, halfFloats: false });
      const verdicts = (await team.settle(trials, count)).flatMap(([last]) => last);
      const scored = ({ cellAccuracy, agreement, majorityAccuracy, undecided }: Scores): StrokeScores => ({
        ...{ file, height, radius, n: digits.length, cellAccuracy, agreement, majorityAccuracy, undecided },
      });
      strokes.push(scored(scoresOf(tallyOf(verdicts))));
      if (merged) mergedStrokes.push(scored(mergedScores(verdicts, merged)));
      append(byHeight, height, ...verdicts);
      glyphs.forEach(({ writer, label, strokes: path }, index) => {
        const verdict = verdicts[index];
        const form = nameForm(label, path);
        if (form !== null) append(byForm, `${form}/${height}`, verdict);
        if (verdict.vote !== verdict.label) {
          const { pixels } = digits[index];
          mistakes.push({ file, writer, label, form, height, vote: verdict.vote, pixels });
        }
        const key = `${file}/${writer}`;
        const entry = byWriter.get(key) ?? { file, writer, verdicts: [] };
        entry.verdicts.push(verdict);
        byWriter.set(key, entry);
      });
    }
  }
  const writers = [...byWriter.values()].map(({ file, writer, verdicts }) => ({
    ...{ file, writer, n: verdicts.length / heights.length },
    majorityAccuracy: scoresOf(tallyOf(verdicts)).majorityAccuracy,
  }));
  const forms = FORM_NAMES.flatMap((form) =>
    heights.flatMap((height): FormScores[] => {
      const verdicts = byForm.get(`${form}/${height}`) ?? [];
      if (verdicts.length === 0) return [];
      return [{ form, height, n: verdicts.length, majorityAccuracy: scoresOf(tallyOf(verdicts)).majorityAccuracy }];
    }),
  );
  return {
    strokes,
    merged: merged && { groups: merged.groups, strokes: mergedStrokes },
    pairs: confusedPairs([...byHeight.values()].flat(), classNames.length, PAIR_COUNT),
    forms,
    mistakes,
    worstWriters: writers
      .filter(({ n, majorityAccuracy }) => n >= FEWEST_GLYPHS && majorityAccuracy < 1)
      .sort((one, other) => one.majorityAccuracy - other.majorityAccuracy)
      .slice(0, WORST_WRITERS),
    separation: [...byHeight].flatMap(([height, verdicts]) => {
      const areaUnderCurve = areaUnderCurveOf(verdicts);
      return areaUnderCurve === null ? [] : [{ height, areaUnderCurve }];
    }),
  };
}

/** By ranks (Mann and Whitney 1947): see {@link Separation}; null without verdicts of both kinds. */
function areaUnderCurveOf(verdicts: readonly Verdict[]): number | null {
  const entries = verdicts
    .map(({ label, undecidedCells, inkCells }) => ({
      none: label === NO_CLASS,
      share: undecidedCells / Math.max(1, inkCells),
    }))
    .sort((one, other) => one.share - other.share);
  const others = entries.filter(({ none }) => none).length;
  const digits = entries.length - others;
  if (others === 0 || digits === 0) return null;
  let wins = 0;
  let digitsBelow = 0;
  for (let start = 0; start < entries.length;) {
    let end = start;
    let [equalDigits, equalOthers] = [0, 0];
    for (; end < entries.length && entries[end].share === entries[start].share; end += 1) {
      if (entries[end].none) equalOthers += 1;
      else equalDigits += 1;
    }
    wins += equalOthers * (digitsBelow + equalDigits / 2);
    digitsBelow += equalDigits;
    start = end;
  }
  return wins / (others * digits);
}
