/** The results of a sweep, best first, as a table and as JSON. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { deviation, mean, overNamedScores, type Statistic } from '../evaluation/seeds.ts';
import { evaluationSchema, RANKED_STEP, type Evaluation } from './measured.ts';
import type { Measure, SweepRun } from './sweep-file.ts';

const resultSchema = v.object({
  name: v.string(),
  fields: v.record(v.string(), v.unknown()),
  /** Null if the run could not be finished; `fault` then says why. */
  evaluation: v.nullable(evaluationSchema),
  fault: v.nullable(v.string()),
});

/** What became of one run of a sweep. */
export type RunResult = v.InferOutput<typeof resultSchema>;

/** A setting, which is one row of the table however many seeds it was run with. */
export interface RankedSetting {
  readonly name: string;
  /** Its fields of the recipe, the seed left out. */
  readonly fields: Record<string, unknown>;
  /** From 1; null for a setting none of whose runs could be finished. */
  readonly rank: number | null;
  /** What it is ranked by: the sum of some mean scores at step 200. */
  readonly score: number | null;
  /** The seeds of the runs that are finished, and their mean. */
  readonly seeds: readonly number[];
  readonly evaluation: Evaluation | null;
  /** The sample's standard deviation over the seeds; null for fewer than two. */
  readonly deviation: Pick<Evaluation, 'steps' | 'flicker'> | null;
  /** Runs without a result, and why. */
  readonly faults: readonly { readonly name: string; readonly fault: string }[];
}

/** The file that a run's result is kept in. */
export function resultPath(folder: string, { name }: Pick<SweepRun, 'name'>): string {
  return join(folder, name, 'result.json');
}

/** The stored result of a run, from any shard; null if there is none, or if it cannot be read. */
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

/** Ranks settings by the sum of some mean scores at step 200; those without a finished run come last. */
export function rankSettings(
  runs: readonly SweepRun[],
  results: readonly RunResult[],
  rankBy: Measure['rankBy'],
): RankedSetting[] {
  const byName = new Map(results.map((result) => [result.name, result]));
  const settings = new Map<string, RunResult[]>();
  for (const { name, setting } of runs) {
    const result = byName.get(name);
    if (result) settings.set(setting, [...(settings.get(setting) ?? []), result]);
  }
  const rows = [...settings].map(([name, of]) => summarize(name, of, rankBy));
  return rows
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.name.localeCompare(b.name, 'en'))
    .map((row, index) => ({ ...row, rank: row.score === null ? null : index + 1 }));
}

function summarize(name: string, results: readonly RunResult[], rankBy: Measure['rankBy']): RankedSetting {
  const finished = results.flatMap(({ evaluation }) => evaluation ?? []);
  const flicker = finished.flatMap((evaluation) => evaluation.flicker ?? []);
  const over = (statistic: Statistic): Pick<Evaluation, 'steps' | 'flicker'> => ({
    steps: overNamedScores(
      finished.map(({ steps }) => steps),
      statistic,
    ),
    flicker: flicker.length > 0 ? statistic(flicker) : null,
  });
  const evaluation = finished.length > 0 ? { n: finished[0].n, ...over(mean) } : null;
  const { seed: _, ...fields } = results[0].fields;
  return {
    name,
    fields,
    rank: null,
    score: evaluation && rankBy.reduce((total, key) => total + evaluation.steps[RANKED_STEP][key], 0),
    seeds: results
      .flatMap((result) => (result.evaluation ? [Number(result.fields['seed'] ?? NaN)] : []))
      .filter(Number.isFinite),
    evaluation,
    deviation: finished.length > 1 ? over(deviation) : null,
    faults: results.flatMap((result) =>
      result.evaluation ? [] : [{ name: result.name, fault: result.fault ?? 'not finished' }],
    ),
  };
}

/** The columns of the table; null where something was not measured. */
const COLUMNS: [head: string, value: (of: Pick<Evaluation, 'steps' | 'flicker'>) => number | null][] = [
  ['cells@80', ({ steps }) => ('80' in steps ? steps['80'].cellAccuracy : null)],
  ['agree@80', ({ steps }) => ('80' in steps ? steps['80'].agreement : null)],
  ['cells@200', ({ steps }) => steps[RANKED_STEP].cellAccuracy],
  ['agree@200', ({ steps }) => steps[RANKED_STEP].agreement],
  ['major@200', ({ steps }) => steps[RANKED_STEP].majorityAccuracy],
  ['flicker', ({ flicker }) => flicker],
];

/** The table, a row a setting: means in percent, and the deviation over the seeds where there are several. */
export function describeRanking(ranked: readonly RankedSetting[]): string {
  const width = Math.max(7, ...ranked.map(({ name }) => name.length));
  const cellWidth = ranked.some(({ deviation: around }) => around) ? 16 : 11;
  const percent = (value: number | null): string => (value === null ? '–' : (100 * value).toFixed(2));
  const lines = ranked.flatMap(({ rank, name, evaluation, deviation: around, faults }) => {
    const head = `${String(rank ?? '–').padStart(4)}  ${name.padEnd(width)}`;
    const cells = COLUMNS.map(
      ([, value]) =>
        percent(evaluation && value(evaluation)) +
        (around && value(around) !== null ? ` ± ${percent(value(around))}` : ''),
    );
    return [
      `${head}${cells.map((cell) => cell.padStart(cellWidth)).join('')}`,
      ...faults.map(({ name: run, fault }) => `      ${run}: ${fault}`),
    ];
  });
  const heads = COLUMNS.map(([head]) => head.padStart(cellWidth)).join('');
  return [`rank  ${'setting'.padEnd(width)}${heads}   %`, ...lines].join('\n');
}
