import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Occupancy, TILE_EDGES } from './occupancy.ts';

const LAYOUT = { columns: 3, rows: 2, tile: 5 };
const WIDTH = LAYOUT.columns * LAYOUT.tile;

const change = fc.record({
  x: fc.nat(WIDTH - 1),
  y: fc.nat(LAYOUT.rows * LAYOUT.tile - 1),
  isOccupied: fc.boolean(),
});

/** The list of tiles, their rectangles as [left, top, right, bottom]. */
function listed(occupancy: Occupancy): number[][] {
  const edges = new Uint16Array(TILE_EDGES * occupancy.tiles);
  occupancy.listTiles(edges);
  return Array.from({ length: occupancy.tiles }, (_, tile) => [
    ...edges.slice(TILE_EDGES * tile, TILE_EDGES * (tile + 1)),
  ]);
}

function holds([left, top, right, bottom]: readonly number[], x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

test('tiles are listed while any of their cells is occupied, whatever changes', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const occupancy = new Occupancy(LAYOUT);
      const cells = new Map<number, { x: number; y: number }>();
      let before: number[][] = [];
      let { version, blankVersion } = occupancy;
      for (const { x, y, isOccupied } of changes) {
        const cell = y * WIDTH + x;
        occupancy.set(cell, isOccupied);
        if (isOccupied) cells.set(cell, { x, y });
        else cells.delete(cell);
        const now = listed(occupancy);
        const tileOf = (place: { x: number; y: number }): number =>
          Math.floor(place.y / LAYOUT.tile) * LAYOUT.columns + Math.floor(place.x / LAYOUT.tile);
        const expected = [...new Set([...cells.values()].map(tileOf))].sort((one, other) => one - other);
        expect(now.map(([left, top]) => tileOf({ x: left, y: top }))).toEqual(expected);
        for (const place of cells.values()) {
          expect(now.filter((edges) => holds(edges, place.x, place.y))).toHaveLength(1);
        }
        // Code that keeps a list uses the version to check whether it is still valid.
        if (String(now) !== String(before)) expect(occupancy.version).not.toBe(version);
        // Code that has filled the rest goes by another version, which follows every cell that is no longer covered.
        const uncovered = before.some(
          (edges) => !now.some((other) => holds(other, edges[0], edges[1]) && holds(other, edges[2] - 1, edges[3] - 1)),
        );
        if (uncovered) expect(occupancy.blankVersion).not.toBe(blankVersion);
        before = now;
        ({ version, blankVersion } = occupancy);
      }
    }),
  );
});

test('a rectangle is as small as what was drawn, and begins anew once its tile was empty', () => {
  const occupancy = new Occupancy(LAYOUT);
  occupancy.set(WIDTH + 6, true);
  occupancy.set(3 * WIDTH + 8, true);
  expect(listed(occupancy)).toEqual([[6, 1, 9, 4]]);
  occupancy.set(WIDTH + 6, false);
  expect(listed(occupancy)).toEqual([[6, 1, 9, 4]]);
  occupancy.set(3 * WIDTH + 8, false);
  occupancy.set(2 * WIDTH + 7, true);
  expect(listed(occupancy)).toEqual([[7, 2, 8, 3]]);
});
