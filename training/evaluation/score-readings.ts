/** Counts what was read of the classes' glyphs, by the form of a digit and by the writer. */
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { scoresOf, tallyOf, type Verdict } from '../../engine/learning/rollout/tally.ts';
import { FORM_NAMES, type FormName } from '../strokes/name-form.ts';
import type { Size } from './stroke-sets.ts';

/** What the cells said of one glyph at one size. */
export interface Reading {
  readonly file: string;
  readonly writer: string;
  /** Of a digit, as far as it has a name, or null. */
  readonly form: FormName | null;
  /** One of the sizes that all readings share. */
  readonly size: Size;
  readonly verdict: Verdict;
}

/** The digits of one form, at all sizes together; shares in 0…1. */
export interface PooledForm {
  readonly form: FormName;
  /** Glyphs. */
  readonly n: number;
  readonly majorityAccuracy: number;
}

/** The digits of one form, at one size. */
export interface FormScores extends PooledForm, Size {}

/** A writer, and the share of their glyphs of classes that were read correctly, at all sizes together. */
export interface WriterScores {
  readonly file: string;
  readonly writer: string;
  readonly n: number;
  readonly majorityAccuracy: number;
}

const WORST_WRITERS = 8;
/** Writers and forms of fewer glyphs mean little: such writers are left out, and such forms come last. */
export const FEWEST_GLYPHS = 10;

function majorityOf(readings: readonly Reading[]): number {
  return scoresOf(tallyOf(readings.map(({ verdict }) => verdict))).majorityAccuracy;
}

/** The scores of every form that there is, at each of the sizes. */
export function scoreForms(readings: readonly Reading[], sizes: readonly Size[]): FormScores[] {
  return FORM_NAMES.flatMap((form) =>
    sizes.flatMap((size) => {
      const those = readings.filter((reading) => reading.form === form && reading.size === size);
      return those.length > 0 ? [{ form, ...size, n: those.length, majorityAccuracy: majorityOf(those) }] : [];
    }),
  );
}

/** The scores of every form that there is, worst first. */
export function poolForms(readings: readonly Reading[], sizes: readonly Size[]): PooledForm[] {
  const isFew = ({ n }: PooledForm): number => Number(n < FEWEST_GLYPHS);
  return FORM_NAMES.flatMap((form) => {
    const those = readings.filter((reading) => reading.form === form);
    return those.length > 0 ? [{ form, n: those.length / sizes.length, majorityAccuracy: majorityOf(those) }] : [];
  }).sort((one, other) => isFew(one) - isFew(other) || one.majorityAccuracy - other.majorityAccuracy);
}

/** The writers of whose glyphs of classes the fewest are read correctly, worst first. */
export function findWorstWriters(readings: readonly Reading[], sizes: readonly Size[]): WriterScores[] {
  const byWriter = new Map<string, Reading[]>();
  for (const reading of readings) {
    if (reading.verdict.label === NO_CLASS) continue;
    const key = `${reading.file}/${reading.writer}`;
    const list = byWriter.get(key);
    if (list) list.push(reading);
    else byWriter.set(key, [reading]);
  }
  return [...byWriter.values()]
    .map((those): WriterScores => {
      const { file, writer } = those[0];
      return { file, writer, n: those.length / sizes.length, majorityAccuracy: majorityOf(those) };
    })
    .filter(({ n, majorityAccuracy }) => n >= FEWEST_GLYPHS && majorityAccuracy < 1)
    .sort((one, other) => one.majorityAccuracy - other.majorityAccuracy)
    .slice(0, WORST_WRITERS);
}
