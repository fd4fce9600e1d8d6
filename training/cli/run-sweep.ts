/** A sweep from its command line to its table. */
import { join } from 'node:path';
import { parseChoice, parseWhole } from '../../engine/command-line/arguments.ts';
import { UsageError, userPath } from '../../engine/command-line/command.ts';
import { readInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { recipeForData } from '../digits/recipe-for-data.ts';
import { openTrainingData, type DataChoice } from '../digits/source.ts';
import { RANKED_STEP } from '../sweep/measured.ts';
import { describeRanking, rankSettings, readResult } from '../sweep/ranking.ts';
import { chooseShard, itemsOf } from '../sweep/shard.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { parseSweep, SweepError, type SweepRun } from '../sweep/sweep-file.ts';
import { runSweep } from '../sweep/sweep.ts';

/** Options as they stand on the command line. */
export interface SweepValues {
  readonly sweep: string;
  readonly shard?: string;
  readonly data?: string;
  readonly synthetic?: boolean;
  readonly strokes?: string;
  readonly classes?: string;
  readonly backend: string;
  readonly workers?: string;
  readonly out?: string;
  readonly 'check-digits': string;
  readonly 'checkpoint-seconds': string;
  readonly json: boolean;
}

/** Files with the ranking, in the sweep's folder. */
export const RANKING_NAME = 'ranking.json';

/**
 * Does a shard of a sweep and ranks what is there of all shards.
 * @throws UserError if the file, an option or the cluster's variables make no sense
 */
export async function runSweepCommand(
  values: SweepValues,
  environment: Readonly<Record<string, string | undefined>>,
  output: { write(text: string): unknown },
): Promise<void> {
  const { data, synthetic, strokes, classes, workers, json } = values;
  const choice = { data, synthetic, strokes, classes };
  if (synthetic && data) throw new UsageError('--synthetic and --data contradict each other.');
  const { runs, recipes, measure } = parseSweep(
    new TextDecoder().decode(readInputFile(userPath(values.sweep))),
    (preset) => recipeForData(preset, choice),
  );
  if (strokes !== undefined && measure.rankBy.includes('unanimousCorrect')) {
    throw new SweepError('The sweep ranks by unanimousCorrect, which is not measured on pen strokes.');
  }
  const shard = chooseShard(values.shard, environment);
  const folder = values.out === undefined ? join('runs', 'sweep') : userPath(values.out);
  const tell = (event: string, fields: object): void => void output.write(`${JSON.stringify({ event, ...fields })}\n`);
  const note = (message: string, fields: object = {}): void => {
    if (json) tell('note', { message, ...fields });
    else output.write(`${message}\n`);
  };
  const own = itemsOf(runs, shard);
  if (json) tell('begin', { folder, part: shard.index, parts: shard.count, measure, runs: planOf(own, runs, recipes) });
  await checkData(recipes, choice, note);
  note(
    `Part ${shard.index} of ${shard.count} (${shard.source}): ${own.length} of ${runs.length} runs, in "${folder}".`,
  );

  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const images = [...(data === undefined ? [] : ['--data', data]), ...(synthetic ? ['--synthetic'] : [])];
    const drawn = strokes === undefined ? [] : ['--strokes', strokes];
    const shared = [
      ...(classes === undefined ? [] : ['--classes', classes]),
      ...['--backend', parseChoice(values.backend, '--backend', BACKEND_NAMES)],
      ...(workers === undefined ? [] : ['--workers', String(parseWhole(workers, '--workers', 1, 64))]),
    ];
    const looks = ['--check-digits', values['check-digits'], '--checkpoint-seconds', values['checkpoint-seconds']];
    await runSweep(own, {
      folder,
      measure,
      training: [...images, ...drawn, ...shared, ...looks],
      measuring: [...(strokes === undefined ? images : [...drawn, '--steps', String(RANKED_STEP)]), ...shared],
      note,
      signal: stopping.signal,
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  if (stopping.signal.aborted) {
    note('Stopped; the same command goes on from there.');
    process.exitCode = 130;
    return;
  }
  const results = runs.flatMap((run) => readResult(folder, run) ?? []);
  const ranked = rankSettings(runs, results, measure.rankBy);
  if (results.length > 0) {
    writeFileAtomic(join(folder, RANKING_NAME), `${JSON.stringify({ runs: runs.length, results: ranked }, null, 2)}\n`);
  }
  if (json) {
    tell('ranking', { runs: runs.length, results: ranked });
  } else {
    output.write(`${describeRanking(ranked)}\n`);
    if (results.length < runs.length) output.write(`${runs.length - results.length} runs have no result yet.\n`);
  }
}

/** What the runs of a part are, for the first line of the JSON. */
function planOf(own: readonly SweepRun[], runs: readonly SweepRun[], recipes: readonly Recipe[]): object[] {
  return own.map((run) => {
    const recipe = recipes[runs.indexOf(run)];
    return { name: run.name, setting: run.setting, seed: recipe.seed, steps: recipe.steps, recipe };
  });
}

/** Refuses data that has labels that a run's model has no class for, before anything is written. */
async function checkData(
  recipes: readonly Recipe[],
  choice: DataChoice,
  note: (message: string) => void,
): Promise<void> {
  const checked = new Set<string>();
  for (const recipe of recipes) {
    const { model, strokes } = recipe;
    const needed = JSON.stringify([model.classes.map(({ name }) => name), strokes?.others, strokes?.share === 1]);
    if (checked.has(needed)) continue;
    checked.add(needed);
    await openTrainingData(choice, recipe, note);
  }
}
