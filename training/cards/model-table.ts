/** Several models in one table of Markdown, the reference table of BENCHMARKS.md. */
import { nameScores } from '../evaluation/describe.ts';
import type { Evaluation } from '../evaluation/evaluate.ts';

const COLUMNS = { '@20': 'step 20', '@80': 'step 80', '@200': 'step 200', 'mutation +80': 'mutation +80' } as const;
const SCORES = ['cellAccuracy', 'agreement', 'unanimousCorrect', 'majorityAccuracy'] as const;

/** Cells / agreement / unanimous and correct / majority, and flicker, in percent; a row for each model. */
export function renderModelTable(evaluations: Readonly<Record<string, Evaluation>>): string {
  const heads = ['model', ...Object.keys(COLUMNS), 'flicker'];
  const rows = Object.entries(evaluations).map(([name, evaluation]) => {
    const scores = nameScores(evaluation);
    const cells = Object.values(COLUMNS).map((row) =>
      SCORES.map((score) => (100 * scores[row][score]).toFixed(1)).join('/'),
    );
    return [`\`${name}\``, ...cells, (100 * evaluation.flicker).toFixed(2)];
  });
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
