/** What has not run, in words that one can read for holes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../site.ts';
import type { Place, Places } from './places.ts';

/** A line in which something has not run, and the text from where that begins. */
export interface Hole {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** The lines of a source in which something has not run. */
export function holesIn(places: readonly Place[], source: string): Hole[] {
  const lines = source.split('\n');
  const holes = new Map<number, Hole>();
  for (const [line, column, hasRun] of places) {
    const text = (lines[line] ?? '').slice(column).trim();
    // A closing bracket is no place where anything happens.
    if (hasRun === 1 || holes.has(line) || !/\w/.test(text)) continue;
    holes.set(line, { line: line + 1, text });
  }
  return [...holes.values()].sort((one, other) => one.line - other.line);
}

/** One block a source, those with most holes first. */
export function describeHoles(places: Places): string {
  const found = Object.entries(places).map(([file, list]) => {
    const lines = new Set(list.map(([line]) => line)).size;
    return { file, lines, holes: holesIn(list, readFileSync(join(PROJECT_FOLDER, file), 'utf8')) };
  });
  const all = found.reduce((sum, { lines }) => sum + lines, 0);
  const left = found.reduce((sum, { holes }) => sum + holes.length, 0);
  const blocks = found
    .filter(({ holes }) => holes.length > 0)
    .sort((one, other) => other.holes.length - one.holes.length)
    .map(({ file, lines, holes }) =>
      [`${file}: ${holes.length} of ${lines} lines`, ...holes.map(({ line, text }) => `  ${line}: ${text}`)].join('\n'),
    );
  return [...blocks, `In ${left} of ${all} lines of ${found.length} files something has not run.`].join('\n\n');
}
