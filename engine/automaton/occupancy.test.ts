import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Occupancy } from './occupancy.ts';

const LAYOUT = { columns: 3, rows: 2, tile: 5 };
const WIDTH = LAYOUT.columns * LAYOUT.tile;

test('tiles are listed while any of their cells is occupied, whatever changes', () => {
  const change = fc.record({
    x: fc.nat(WIDTH - 1),
    y: fc.nat(LAYOUT.rows * LAYOUT.tile - 1),
    isOccupied: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const occupancy = new Occupancy(LAYOUT);
      const cells = new Map<number, number>();
      let listed = '';
      let version = occupancy.version;
      for (const { x, y, isOccupied } of changes) {
        const cell = y * WIDTH + x;
        occupancy.set(cell, isOccupied);
        if (isOccupied) cells.set(cell, Math.floor(y / LAYOUT.tile) * LAYOUT.columns + Math.floor(x / LAYOUT.tile));
        else cells.delete(cell);
        const expected = [...new Set(cells.values())].sort((one, other) => one - other);
        const tiles = new Uint32Array(occupancy.tiles);
        occupancy.listTiles(tiles);
        expect([...tiles]).toEqual(expected);
        // Code that keeps a list uses the version to check whether it is still valid.
        if (expected.join() !== listed) expect(occupancy.version).not.toBe(version);
        listed = expected.join();
        version = occupancy.version;
      }
    }),
  );
});
