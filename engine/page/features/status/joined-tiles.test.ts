import { expect, test } from 'vitest';
import { joinedTiles } from './joined-tiles.ts';

const LAYOUT = { columns: 3, rows: 2, tile: 4 };

/** The tiles that are joined with a tile of a canvas of 12 × 8 cells, `#` for ink. */
function joined(tile: number, ...rows: readonly string[]): number[] {
  return [...joinedTiles(LAYOUT, tile, (x, y) => rows[y]?.[x] === '#')].sort();
}

test('ink that crosses a border joins the tiles on both sides, however many follow', () => {
  const rows = ['            ', ' ######  ## ', '         #  ', '         #  ', '         #  '];
  expect(joined(0, ...rows)).toEqual([0, 1]);
  expect(joined(1, ...rows)).toEqual([0, 1]);
  expect(joined(2, ...rows)).toEqual([2, 5]);
  expect(joined(0, '############', '           #', '           #', '           #', '           #')).toEqual([
    0, 1, 2, 5,
  ]);
});

test('it may cross at a corner, and it does not go round the edges of the canvas', () => {
  const rows = ['#          #', '            ', '            ', '   #        ', '    #       '];
  expect(joined(0, ...rows)).toEqual([0, 4]);
  expect(joined(4, ...rows)).toEqual([0, 4]);
  expect(joined(2, ...rows)).toEqual([2]);
});

test('an empty tile, and one whose ink stays within it, is alone', () => {
  const rows = ['    ####    ', ' ## #  # ## ', '            '];
  expect([0, 1, 2, 3].map((tile) => joined(tile, ...rows))).toEqual([[0], [1], [2], [3]]);
});
