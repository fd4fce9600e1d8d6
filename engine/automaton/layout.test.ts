import { expect, it } from 'vitest';
import { checkLayout, DIGIT_SIZE, visitTile } from './layout.ts';

it('names the largest canvas that fits when one is too large', () => {
  expect(() => checkLayout({ columns: 300, rows: 10, tile: 32 }, 4096)).toThrow(
    'A canvas of 9600 × 320 cells is larger than this GPU allows; the largest is 4096 × 4096 cells, 128 × 128 tiles of 32.',
  );
});

it.each([0, -1, 2.5, Number.NaN])('refuses %d columns', (columns) => {
  expect(() => checkLayout({ columns, rows: 1, tile: 28 }, 4096)).toThrow('whole number of columns');
});

it('centres an image in its tile and clears the tile around it', () => {
  const layout = { columns: 2, rows: 2, tile: 32 };
  const image = new Uint8Array(DIGIT_SIZE * DIGIT_SIZE);
  image[0] = 7;
  const seen = new Map<number, number>();
  visitTile(layout, 1, 1, image, (cell, ink) => seen.set(cell, ink));
  expect(seen.size).toBe(32 * 32);
  expect([...seen].filter(([, ink]) => ink > 0)).toEqual([[(32 + 2) * 64 + 32 + 2, 7]]);
});

it('cuts an image that is larger than its tile equally on all sides', () => {
  const image = Uint8Array.from({ length: DIGIT_SIZE * DIGIT_SIZE }, (_, index) => index % 251);
  const seen: number[] = [];
  visitTile({ columns: 1, rows: 1, tile: 4 }, 0, 0, image, (_, ink) => seen.push(ink));
  expect(seen[0]).toBe((12 * DIGIT_SIZE + 12) % 251);
  expect(seen).toHaveLength(16);
});
