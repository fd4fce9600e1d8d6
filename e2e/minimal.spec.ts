/** The smallest example: the automaton in a few lines, which computes what the plain reference does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialState, referenceStep } from '../engine/automaton/reference.ts';
import { decodeModelFile } from '../engine/common/model/file.ts';
import { hash2, unitFromHash } from '../engine/common/random/hash.ts';
import type { createMinimal } from '../engine/examples/minimal.ts';
import { expect, test } from './fixtures.ts';

const DROPOUT = 0.5;
const STEPS = 20;

test('the smallest example reads its digits, and computes what the plain reference does', async ({ digits }) => {
  const { page } = digits;
  // It runs the shipped model.
  await page.unrouteAll();
  // So many pictures, and no more.
  await page.addInitScript((most) => {
    const request = window.requestAnimationFrame.bind(window);
    let frames = 0;
    window.requestAnimationFrame = (callback) => (++frames < most ? request(callback) : 0);
  }, STEPS);
  await page.goto('./examples/minimal.html');
  await expect(page.locator('#votes')).toHaveText('3 1 4 1 5', { timeout: 45_000 });
  const { steps, groups } = await page.evaluate(async () => {
    const { automaton } = window as unknown as { automaton: Awaited<ReturnType<typeof createMinimal>> };
    const read = await automaton.read();
    return { steps: read.steps, groups: read.groups.map((group) => [...group]) };
  });
  expect(steps).toBe(STEPS);

  const model = decodeModelFile(readFileSync(join(import.meta.dirname, '../assets/tiny.ktx2')));
  const { count } = model.specification.channels;
  const [width, height] = [140, 28];
  let state = initialState(
    model,
    width,
    height,
    groups[0].filter((_, index) => index % 4 === 0),
  );
  for (let step = 0; step < STEPS; step += 1) {
    const fires = (cell: number): boolean => unitFromHash(hash2(step, cell)) >= DROPOUT;
    state = referenceStep(model, state, { dropout: DROPOUT, fires, noise: () => 0 });
  }
  let difference = 0;
  state.data.forEach((value, index) => {
    const channel = index % count;
    const got = groups[channel >> 2][4 * Math.floor(index / count) + (channel & 3)];
    difference = Math.max(difference, Math.abs(got - value));
  });
  expect(Math.max(...state.data)).toBeGreaterThan(0.5);
  expect(difference).toBeLessThan(2e-3);
});
