/** Which places of the sources have run, by what V8 has counted in the scripts made of them. */
import { dirname, relative, resolve, sep } from 'node:path';
import { PROJECT_FOLDER } from '../site.ts';
import { sourceMapOf } from './source-map.ts';

/** A script as V8 has counted it. */
export interface CountedScript {
  /** Path that the sources in its map are relative to. */
  readonly path: string;
  readonly text: string;
  /** Characters before what the map speaks of. */
  readonly head?: number;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** Line and column, from 0, and whether what stands there has run. */
export type Place = readonly [line: number, column: number, hasRun: 0 | 1];

/** Places by source, in their order; the source's path is relative to the project's folder. */
export type Places = Record<string, Place[]>;

/** The project's own sources, without tests and what serves them. */
const MEASURED = /^(engine|training)\/(?!cli\/counting|.*\.test\.ts$).*\.ts$/;

/** Adds what one script tells; a place that ran in any of them has run. */
export function addScript(places: Places, { path, text, head = 0, functions }: CountedScript): void {
  const map = sourceMapOf(text.slice(head));
  if (!map) return;
  // A function holds the blocks in it, and an outer one comes before what it holds: the last to cover a character counts.
  const counts = new Uint8Array(text.length).fill(1);
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges) counts.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  const files = map.sources.map((source) =>
    relative(PROJECT_FOLDER, resolve(dirname(path), source)).replaceAll(sep, '/'),
  );
  const found = new Map<string, Map<number, Place>>();
  for (const { offset, source, line, column } of map.segments) {
    const file = files[source];
    if (!MEASURED.test(file)) continue;
    const ofFile = found.get(file) ?? new Map<number, Place>();
    found.set(file, ofFile);
    const key = line * 4096 + column;
    const hasRun = counts[head + offset] === 1 || ofFile.get(key)?.[2] === 1 ? 1 : 0;
    ofFile.set(key, [line, column, hasRun]);
  }
  for (const [file, ofFile] of found) places[file] = united(places[file] ?? [], [...ofFile.values()]);
}

/** Adds what was found elsewhere. */
export function addPlaces(places: Places, others: Places): void {
  for (const [file, list] of Object.entries(others)) places[file] = united(places[file] ?? [], list);
}

/**
 * Two tools that make scripts of one source do not name the same places: one that only the first knows has run if what
 * stands before it on its line has run by the second.
 */
function united(one: readonly Place[], other: readonly Place[]): Place[] {
  if (one.length === 0) return inOrder(other);
  if (other.length === 0) return inOrder(one);
  const [first, second] = [inOrder(one), inOrder(other)];
  return inOrder([...withRunsOf(first, second), ...withRunsOf(second, first)]).filter(
    ([line, column], index, all) => index === 0 || all[index - 1][0] !== line || all[index - 1][1] !== column,
  );
}

function withRunsOf(places: readonly Place[], others: readonly Place[]): Place[] {
  let next = 0;
  return places.map(([line, column, hasRun]) => {
    while (next < others.length && isBefore(others[next], line, column)) next += 1;
    const before = others[next - 1] as Place | undefined;
    return [line, column, hasRun === 1 || (before?.[0] === line && before[2] === 1) ? 1 : 0];
  });
}

function isBefore([line, column]: Place, thisLine: number, thisColumn: number): boolean {
  return line < thisLine || (line === thisLine && column <= thisColumn);
}

function inOrder(places: readonly Place[]): Place[] {
  return [...places].sort((one, other) => one[0] - other[0] || one[1] - other[1] || other[2] - one[2]);
}
