/** Draws a sign on the tiles of the dialog with real pointer events, in a hand of the tests' own. */
import type { Page } from '@playwright/test';
import { Random } from '../engine/common/random/random.ts';

type Path = readonly (readonly [number, number])[];

/** Signs in the unit square. */
// prettier-ignore
const SIGNS: Readonly<Record<string, readonly Path[]>> = {
  '★': [[[0.5, 0.05], [0.78, 0.92], [0.05, 0.38], [0.95, 0.38], [0.22, 0.92], [0.5, 0.05]]],
  '→': [[[0.05, 0.5], [0.95, 0.5]], [[0.65, 0.2], [0.95, 0.5], [0.65, 0.8]]],
};

/** The sign as this hand draws it: a little larger, slanted and shaky, never the same. Strokes of points from 0 to 1. */
export function handDrawn(sign: string, random: Random): { x: number; y: number }[][] {
  const size = random.range(0.55, 0.75);
  const slant = random.range(-0.15, 0.15);
  const left = random.range(0.1, 0.9 - size);
  const top = random.range(0.1, 0.9 - size);
  return SIGNS[sign].map((path) =>
    path.map(([x, y]) => ({
      x: left + size * (x + slant * (0.5 - y)) + random.range(-0.02, 0.02),
      y: top + size * y + random.range(-0.02, 0.02),
    })),
  );
}

/** Draws on the first tiles of the dialog, which must be open. */
export async function drawOnTiles(page: Page, sign: string, count: number, seed = 3): Promise<void> {
  const random = new Random(seed);
  for (let tile = 0; tile < count; tile += 1) {
    const element = page.locator('.teach-tile').nth(tile);
    await element.scrollIntoViewIfNeeded();
    const box = await element.boundingBox();
    if (!box) throw new Error('The tile is not shown.');
    for (const [first, ...others] of handDrawn(sign, random)) {
      await page.mouse.move(box.x + first.x * box.width, box.y + first.y * box.height);
      await page.mouse.down();
      for (const { x, y } of others) {
        await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
      }
      await page.mouse.up();
    }
  }
}
