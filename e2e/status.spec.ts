/** What the page says about the canvas: the line of figures, the status line, and what screen readers hear. */
import { expect, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

/** A thick vertical stroke in the middle of the first tile. */
const FIRST_TILE_STROKE = [
  [16, 8],
  [16, 24],
] as const;

test('screen readers hear what the cells of the touched tile decided', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=60');
  const point = await digits.cellOnScreen(16, 16);
  await digits.page.mouse.move(point.x, point.y);
  await expect(digits.page.locator('#live')).toContainText(/Tile 1, 1: the cells say 3; 100% of them agree/);
});

test('ink that no cell says anything about is no digit that the page knows, in figures and in words', async ({
  digits,
}) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=60&strategy=texture');
  const silent = madeUpModel('silent', 3, {}, 0);
  await digits.page.evaluate((bytes) => window.nca.useModel(new Uint8Array(bytes)), [...silent]);
  await digits.stroke(...FIRST_TILE_STROKE);
  await expect(digits.page.locator('#status')).toContainText('That is no digit I know.');
  await expect(digits.page.locator('#live')).toContainText('Tile 1, 1: That is no digit I know.');
  const { undecided, majorityAccuracy, digits: tiles } = await digits.stats();
  expect([undecided, majorityAccuracy]).toEqual([1, 0]);
  expect(tiles[0]).toMatchObject({ column: 0, row: 0, vote: null, undecided: 1, agreement: 0 });
});

test('ink that has long been undecided is told from other ink as soon as the pointer is there', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&paused=1&strategy=texture');
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  const silent = madeUpModel('silent', 3, {}, 0);
  await digits.page.evaluate((bytes) => window.nca.useModel(new Uint8Array(bytes)), [...silent]);
  await digits.stroke(...FIRST_TILE_STROKE);
  await digits.stroke([80, 8], [80, 24]);
  await digits.stats();
  const status = digits.page.locator('#status');
  const point = async (x: number): Promise<void> => {
    const { x: left, y: top } = await digits.cellOnScreen(x, 16);
    await digits.page.mouse.move(left, top);
  };
  await digits.step(50);
  await digits.stats();
  await expect(status).toContainText('step 50');
  await expect(status).not.toContainText('That is no digit I know.');
  await point(48);
  await digits.step(10);
  await digits.stats();
  await expect(status).toContainText('step 60');
  await expect(status).not.toContainText('That is no digit I know.');
  for (const x of [16, 80]) {
    await point(x);
    await expect(status).toContainText('That is no digit I know.');
    await point(48);
    await expect(status).not.toContainText('That is no digit I know.');
  }
});

test('the line of figures tells agreement, undecided cells, steps, frames and live cells', async ({ digits }) => {
  await digits.open('?columns=3&rows=2&seed=5&rate=60');
  await expect(digits.page.locator('#status')).toContainText(
    /100% agree · \d+% right · 0% undecided · step \d+ · [\d.]+ steps\/s · \d+ frames\/s · [\d,]+ live cells/,
  );
});
