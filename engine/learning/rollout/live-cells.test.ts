import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELLS, findLiveCells, SIDE, TAPS, type LifeRule } from './live-cells.ts';

const OWN_INK: LifeRule = { rule: 'own-ink', inkThreshold: 0.1, dead: 'freeze' };
const HALO: LifeRule = { rule: 'ink-halo', inkThreshold: 0.1, dead: 'zero' };

function imageWith(inks: Record<number, number>): Uint8Array {
  const pixels = new Uint8Array(CELLS);
  for (const [cell, ink] of Object.entries(inks)) pixels[Number(cell)] = ink;
  return pixels;
}

const at = (x: number, y: number): number => y * SIDE + x;
const arbitraryImage = fc.uint8Array({ minLength: CELLS, maxLength: CELLS }).map((noise) =>
  // Mostly paper, some faint ink, some ink.
  noise.map((value) => (value < 170 ? 0 : value < 200 ? value - 170 : value)),
);

describe('live cells', () => {
  it('are those with more ink than the threshold', () => {
    const { live } = findLiveCells(imageWith({ [at(5, 5)]: 25, [at(9, 9)]: 26, [at(3, 20)]: 255 }), OWN_INK);
    expect([...live]).toEqual([at(9, 9), at(3, 20)]);
  });

  it('have a halo of one cell under the halo rule, cut off at the border', () => {
    const { live } = findLiveCells(imageWith({ [at(0, 0)]: 255, [at(27, 27)]: 30 }), HALO);
    expect([...live]).toEqual([at(0, 0), at(1, 0), at(0, 1), at(1, 1), at(26, 26), at(27, 26), at(26, 27), at(27, 27)]);
  });

  it('perceive faint ink beside them, which is inert, and nothing else that is dead', () => {
    const { live, inert, neighbours } = findLiveCells(
      imageWith({ [at(5, 5)]: 200, [at(6, 5)]: 20, [at(8, 5)]: 20 }),
      OWN_INK,
    );
    expect([...live]).toEqual([at(5, 5)]);
    expect([...inert]).toEqual([at(6, 5)]);
    expect([...neighbours]).toEqual([-1, -1, -1, -1, 0, 1, -1, -1, -1]);
  });

  it('are neighbours of each other through opposite taps', () => {
    fc.assert(
      fc.property(arbitraryImage, fc.constantFrom(OWN_INK, HALO), (pixels, life) => {
        const { live, neighbours } = findLiveCells(pixels, life);
        neighbours.forEach((neighbour, index) => {
          if (neighbour < 0 || neighbour >= live.length) return;
          const cell = Math.floor(index / TAPS);
          const opposite = TAPS - 1 - (index % TAPS);
          expect(neighbours[neighbour * TAPS + opposite]).toBe(cell);
        });
      }),
      { numRuns: 20 },
    );
  });
});
