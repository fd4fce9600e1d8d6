/** What the cells say, in words, for screen readers and for scripts. */
import type { CanvasInfo, Statistics } from '../index.ts';

/** The vote of a tile's cells: the name of a class, `undecided`, or null if there is no ink. */
export type Vote = string | null;

const UNDECIDED = 'undecided';

/** The maximum number of tiles that are all read out. With more, only their number is. */
const MOST_TILES_READ = 40;
/** The maximum number of changes that are read out one by one. */
const MOST_CHANGES_READ = 4;

/** Returns one vote for each tile, in reading order. */
export function votesOf({ columns, rows, classes }: CanvasInfo, { digits }: Statistics): Vote[] {
  const votes = new Array<Vote>(columns * rows).fill(null);
  for (const { column, row, vote, inkCells } of digits) {
    if (inkCells > 0) votes[row * columns + column] = vote === null ? UNDECIDED : classes[vote];
  }
  return votes;
}

/** Describes one tile, such as "Row 1, column 2: 7." */
export function sayTile(votes: readonly Vote[], columns: number, tile: number): string {
  const place = `Row ${Math.floor(tile / columns) + 1}, column ${(tile % columns) + 1}`;
  return `${place}: ${votes[tile] ?? 'empty'}.`;
}

/** Describes the whole canvas. */
export function sayAll(votes: readonly Vote[], columns: number): string {
  const written = votes.filter((vote) => vote !== null);
  if (written.length === 0) return 'The canvas is empty.';
  if (votes.length > MOST_TILES_READ) {
    const decided = written.filter((vote) => vote !== UNDECIDED).length;
    return `${written.length} digits; the cells of ${decided} have decided.`;
  }
  const rows: string[] = [];
  for (let first = 0; first < votes.length; first += columns) {
    const row = votes.slice(first, first + columns).map((vote) => vote ?? 'empty');
    rows.push(`Row ${first / columns + 1}: ${row.join(', ')}.`);
  }
  return `The cells read: ${rows.join(' ')}`;
}

/** Describes what has changed since the votes in `told`, or the whole canvas if much has changed. */
export function sayNews(told: readonly Vote[] | null, votes: readonly Vote[], columns: number): string {
  if (told?.length !== votes.length) return sayAll(votes, columns);
  const changed = votes.flatMap((vote, tile) => (vote === told[tile] ? [] : [tile]));
  if (changed.length > MOST_CHANGES_READ) return sayAll(votes, columns);
  return changed.map((tile) => sayTile(votes, columns, tile)).join(' ');
}
