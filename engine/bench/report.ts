/** The report of a benchmark run: a table of figures, and the cost model fitted to them. */
import type { BenchResult } from './cases.ts';
import { describeMachine, type MachineFacts } from './machine.ts';

/** Milliseconds per step = a + b · cells that fire. */
export interface CostModel {
  readonly model: string;
  readonly strategy: string;
  /** The fixed cost of a step, in milliseconds. */
  readonly aMs: number;
  /** The cost of a cell that fires, in nanoseconds. */
  readonly bNsPerFiredCell: number;
  /** The number of cases that the model is fitted to. */
  readonly cases: number;
}

export interface BenchReport {
  readonly renderer: string;
  /** Unknown to a page. */
  readonly machine?: MachineFacts;
  readonly cases: readonly BenchResult[];
  readonly costModels: readonly CostModel[];
}

const firedCells = ({ liveCells, dropout }: BenchResult): number => liveCells * (1 - dropout);

/**
 * Fits a + b · fired cells to the cases of each model and strategy. It minimizes the squares of relative errors, since
 * the times span orders of magnitude.
 */
export function fitCosts(results: readonly BenchResult[]): CostModel[] {
  const groups = new Map<string, BenchResult[]>();
  for (const result of results) {
    const key = `${result.model}\n${result.strategy}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const costs: CostModel[] = [];
  for (const group of groups.values()) {
    if (new Set(group.map((result) => Math.round(firedCells(result)))).size < 3) continue;
    let weights = 0;
    let x1 = 0;
    let x2 = 0;
    let y = 0;
    let xy = 0;
    for (const result of group) {
      const weight = result.msPerStep ** -2;
      const fired = firedCells(result);
      weights += weight;
      x1 += weight * fired;
      x2 += weight * fired ** 2;
      y += weight * result.msPerStep;
      xy += weight * fired * result.msPerStep;
    }
    const slope = (weights * xy - x1 * y) / (weights * x2 - x1 ** 2);
    const { model, strategy } = group[0];
    costs.push({
      model,
      strategy,
      aMs: (y - slope * x1) / weights,
      bNsPerFiredCell: slope * 1e6,
      cases: group.length,
    });
  }
  return costs;
}

export const HEADINGS = [
  'case',
  'strategy',
  'live cells',
  'ms a step',
  'least – most',
  'GFLOP/s',
  '% of roof',
  'TF.js ms',
  'speed-up',
];

const milliseconds = (value: number): string => value.toFixed(value < 1 ? 2 : 1);

/** Returns the table cells of a result's row, in the order of {@link HEADINGS}. */
export function lineOf(result: BenchResult): string[] {
  const [least, most] = result.spreadMs;
  return [
    result.name,
    result.strategy,
    result.liveCells.toLocaleString('en'),
    milliseconds(result.msPerStep),
    `${milliseconds(least)} – ${milliseconds(most)}`,
    result.liveCells === 0 ? '–' : result.gflops.toFixed(1),
    result.liveCells === 0 ? '–' : ((100 * result.gflops) / result.roofGflops).toFixed(0),
    result.tfjsMsPerStep ? Math.round(result.tfjsMsPerStep).toLocaleString('en') : '–',
    result.speedup ? `${result.speedup.toFixed(0)} ×` : '–',
  ];
}

/** Returns a whole report as Markdown, as in the reference table of BENCHMARKS.md. */
export function markdownOf(report: BenchReport): string {
  const { cases, costModels } = report;
  const rows = [HEADINGS, HEADINGS.map(() => '---'), ...cases.map(lineOf)];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return [...headOf(report), table, ...costModels.map(describeCost)].join('\n\n');
}

/** Returns what decides the figures of a report, one sentence a line: the GPU and, if it is known, the machine. */
export function headOf({ renderer, machine }: BenchReport): string[] {
  return machine ? [renderer, describeMachine(machine)] : [renderer];
}

/** Describes a cost model in words. */
export function describeCost({ model, strategy, aMs, bNsPerFiredCell, cases }: CostModel): string {
  return `${model}, ${strategy}: a step takes ${aMs.toFixed(2)} ms + ${bNsPerFiredCell.toFixed(0)} ns per cell that fires (fitted to ${cases} cases).`;
}
