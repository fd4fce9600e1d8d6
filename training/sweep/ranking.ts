/** The results of a sweep, best first, as a table and as JSON. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Measure, SweepRun } from './sweep-file.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const scores = v.object({ cellAccuracy: share, agreement: share, unanimousCorrect: share, majorityAccuracy: share });
const resultSchema = v.object({
  name: v.string(),
  fields: v.record(v.string(), v.unknown()),
  /** Null if the run could not be finished; `fault` then says why. */
  evaluation: v.nullable(v.object({ n: v.number(), steps: v.record(v.string(), scores), flicker: v.number() })),
  fault: v.nullable(v.string()),
});

/** What became of one run of a sweep. */
export type RunResult = v.InferOutput<typeof resultSchema>;

/** A result with its place. */
export interface RankedResult extends RunResult {
  /** From 1; null for a run that could not be finished. */
  readonly rank: number | null;
  /** What it is ranked by. */
  readonly score: number | null;
}

/** The file that a run's result is kept in. */
export function resultPath(folder: string, { name }: Pick<SweepRun, 'name'>): string {
  return join(folder, name, 'result.json');
}

/** The result that is kept of a run, by whichever shard; null if there is none, or none that can be read. */
export function readResult(folder: string, run: Pick<SweepRun, 'name'>): RunResult | null {
  const path = resultPath(folder, run);
  if (!existsSync(path)) return null;
  try {
    const result = v.safeParse(resultSchema, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Ranks results by the sum of some scores at step 200; unfinished runs come last. */
export function rankResults(results: readonly RunResult[], rankBy: Measure['rankBy']): RankedResult[] {
  const scored = results.map((result) => {
    const last = result.evaluation?.steps['200'];
    return { ...result, score: last ? rankBy.reduce((total, key) => total + last[key], 0) : null };
  });
  return scored
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.name.localeCompare(b.name, 'en'))
    .map((result, index) => ({ ...result, rank: result.score === null ? null : index + 1 }));
}

/** The table: cells and agreement at steps 80 and 200, majority at 200, flicker, in percent. */
export function describeRanking(ranked: readonly RankedResult[]): string {
  const width = Math.max(7, ...ranked.map(({ name }) => name.length));
  const heads = ['cells@80', 'agree@80', 'cells@200', 'agree@200', 'major@200', 'flicker'];
  const lines = ranked.map(({ rank, name, evaluation, fault }) => {
    const head = `${String(rank ?? '–').padStart(4)}  ${name.padEnd(width)}`;
    if (!evaluation) return `${head}  ${fault ?? 'not finished'}`;
    const { steps, flicker } = evaluation;
    const values = [
      steps['80'].cellAccuracy,
      steps['80'].agreement,
      steps['200'].cellAccuracy,
      steps['200'].agreement,
      steps['200'].majorityAccuracy,
      flicker,
    ];
    return `${head}${values.map((value) => (100 * value).toFixed(2).padStart(11)).join('')}`;
  });
  return [`rank  ${'setting'.padEnd(width)}${heads.map((word) => word.padStart(11)).join('')}   %`, ...lines].join(
    '\n',
  );
}
