/** Evaluations as plain text. */
import type { ConfusedPair, WorstDigit } from './confusion.ts';
import { describeGroups } from './merged-classes.ts';
import type { Evaluation } from './evaluate.ts';
import type { ImageScores } from './measure-images.ts';
import type { ChangeScores } from './measure-changes.ts';
import type { Scores } from '../../engine/learning/rollout/tally.ts';

/** The width of the names in the first column of a table. */
export const NAME_WIDTH = 20;

/** A share as a percentage, right-aligned. */
export const percent = (share: number): string => (100 * share).toFixed(2).padStart(7);

function scoreCells({ cellAccuracy, agreement, unanimousCorrect, majorityAccuracy }: Scores): string[] {
  return [cellAccuracy, agreement, unanimousCorrect, majorityAccuracy].map(percent);
}

/** A table of scores in percent; with the spread of those that have one. */
export function describeScores(rows: Record<string, Scores>, spreads: Record<string, Scores> = {}): string {
  const spread = Object.keys(spreads).length > 0;
  const heads = ['cells', 'agree', 'unan.', 'major.'].map((word) => word.padStart(7) + (spread ? '       ' : ''));
  const width = Math.max(NAME_WIDTH, ...Object.keys(rows).map((name) => name.length + 1));
  const lines = Object.entries(rows).map(([name, scores]) => {
    const around = name in spreads ? scoreCells(spreads[name]).map((text) => ` ±${text.trim()}`.padEnd(7)) : [];
    const cells = scoreCells(scores).map((text, index) => text + (spread ? (around[index] ?? '       ') : ''));
    return `${name.padEnd(width)}${cells.join('  ')}`.trimEnd();
  });
  return [`${''.padEnd(width)}${heads.join('  ').trimEnd()}   %`, ...lines].join('\n');
}

/** The scores of an evaluation by names for people, such as "mutation +80". */
export function nameScores({ steps, mutation }: Pick<Evaluation, 'steps' | 'mutation'>): Record<string, Scores> {
  const rows: Record<string, Scores> = {};
  for (const [step, scores] of Object.entries(steps)) rows[`step ${step}`] = scores;
  for (const [step, scores] of Object.entries(mutation)) rows[`mutation +${step}`] = scores;
  return rows;
}

/** The scores of an evaluation's drift by names for people. */
export function nameDrift({ drift }: Pick<Evaluation, 'drift'>): Record<string, Scores> {
  const rows: Record<string, Scores> = {};
  for (const [step, scores] of Object.entries(drift?.steps ?? {})) rows[`step ${step}`] = scores;
  return rows;
}

/** A confusion matrix [class][vote], without the rows of classes that had no sample; `names` are those of the classes. */
export function describeConfusion(matrix: readonly number[][], names: readonly string[]): string {
  const width = Math.max(
    4,
    ...matrix.flat().map((count) => String(count).length + 1),
    ...names.map((name) => name.length + 1),
  );
  const line = (head: string, cells: readonly (string | number)[]): string =>
    head.padEnd(6) + cells.map((cell) => String(cell).padStart(width)).join('');
  // A dot for zero, so that the mistakes stand out.
  const rows = matrix
    .map((row, label) => ({ name: names[label], row }))
    .filter(({ row }) => row.some((count) => count > 0))
    .map(({ name, row }) =>
      line(
        `is ${name}`,
        row.map((count) => (count === 0 ? '·' : count)),
      ),
    );
  return [line('vote', names), ...rows].join('\n');
}

/** The worst digits, a few a line. */
export function describeWorst(worst: readonly WorstDigit[], names: readonly string[]): string {
  const texts = worst.map(({ index, label, vote, cellAccuracy }) => {
    const said = vote < 0 ? '→ nothing' : `→ ${names[vote]}`;
    return `#${index}: ${names[label]} ${said} (${Math.round(100 * cellAccuracy)} %)`;
  });
  const lines: string[] = [];
  for (let start = 0; start < texts.length; start += 4) {
    lines.push(
      texts
        .slice(start, start + 4)
        .map((text) => text.padEnd(24))
        .join(' ')
        .trimEnd(),
    );
  }
  return lines.join('\n');
}

/** Pairs of classes and the share of their digits that are taken for the other, a few a line. */
export function describePairs(pairs: readonly ConfusedPair[], names: readonly string[]): string[] {
  return pairs.map(({ classes, n, confused, firstAsSecond }) => {
    const [one, other] = classes.map((label) => names[label]);
    const share = percent(confused / Math.max(1, n)).trim();
    const ways = `${one} as ${other}: ${firstAsSecond}, ${other} as ${one}: ${confused - firstAsSecond}`;
    return `${one} and ${other}: ${confused} of ${n} (${share} %; ${ways})`;
  });
}

/** What came of digits that became others. */
export function describeChanges(changes: readonly ChangeScores[]): string {
  const lines = changes.map(
    ({ from, to, kind, n, followed, readBefore }) =>
      `${`${from} → ${to}, ${kind}`.padEnd(NAME_WIDTH)}${`${readBefore} of ${n}`.padStart(12)}${`${followed} of ${n}`.padStart(12)}`,
  );
  const total = (count: (scores: ChangeScores) => number): number =>
    changes.reduce((sum, scores) => sum + count(scores), 0);
  const heads = `${''.padEnd(NAME_WIDTH)}${'read before'.padStart(12)}${'followed'.padStart(12)}`;
  return [heads, ...lines, `${total(({ followed }) => followed)} of ${total(({ n }) => n)} followed.`].join('\n');
}

/** What came of further sets of images. */
export function describeImages(sets: readonly ImageScores[]): string {
  const rows = sets.flatMap(({ name, n, steps }) =>
    Object.entries(steps).map(([step, scores]): [string, Scores] => [`${name} (${n}), step ${step}`, scores]),
  );
  return `Further images:\n${describeScores(Object.fromEntries(rows))}`;
}

/** All of an evaluation. */
export function describeEvaluation(evaluation: Evaluation, names: readonly string[]): string {
  const { spread, flicker, drift, confusion, pairs, merged, worst, seeds } = evaluation;
  const around = spread ? ` ±${(100 * spread.flicker).toFixed(3)}` : '';
  const parts = [
    describeScores(nameScores(evaluation), spread ? nameScores(spread) : {}),
    `${'flicker'.padEnd(NAME_WIDTH)}${(100 * flicker).toFixed(3)}${around} % of cells a step`,
  ];
  if (merged) {
    parts.push(`\nCounted as one: ${describeGroups(merged.groups)}\n${describeScores({ 'step 200': merged.scores })}`);
  }
  if (drift)
    parts.push(`\nThe first ${drift.digits} digits, followed to step 1,000:\n${describeScores(nameDrift(evaluation))}`);
  const together = seeds.length > 1 ? `, ${seeds.length} seeds together` : '';
  parts.push(`\nVotes at step 200${together}:\n${describeConfusion(confusion, names)}`);
  if (pairs.length > 0) parts.push(`\nMost often taken for each other:\n${describePairs(pairs, names).join('\n')}`);
  if (worst.length > 0)
    parts.push(
      `\nWorst digits at step 200 (place in the split: class → vote, right cells):\n${describeWorst(worst, names)}`,
    );
  return parts.join('\n');
}
