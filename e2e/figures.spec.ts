/** The strip of accuracy, agreement, undecided cells and flicker over the last steps. */
import type { DigitsPage } from './fixtures.ts';
import { expect, test } from './fixtures.ts';
import { madeUpReader } from './made-up-model.ts';

/** Where a curve is drawn: position of its first and last point, and the heights of all, 0 on top. */
async function curve(digits: DigitsPage, name: string): Promise<{ from: number; to: number; heights: number[] }> {
  const path = (await digits.page.locator(`#figures path.${name}:not(.second)`).getAttribute('d')) ?? '';
  const points = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  return { from: points[0]?.[0] ?? -1, to: points.at(-1)?.[0] ?? -1, heights: points.map(([, y]) => y) };
}

test('the strip shows how the figures went, follows the scrubber, and starts anew with a restart', async ({
  digits,
}) => {
  const { page } = digits;
  await digits.open('?columns=3&rows=2&tile=28&seed=5&paused=1&strategy=texture');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Figures over time' }).click();
  const strip = page.getByRole('region', { name: 'Figures of the last thousand steps' });
  await expect(strip).toBeVisible();
  const reading = (name: string) => strip.locator(`li.${name} output`);

  await digits.step(10);
  await expect(reading('flicker')).toHaveText(/^\d+(\.\d)?%$/);
  await digits.step(40);
  await expect.poll(async () => (await curve(digits, 'accuracy')).heights.length).toBeGreaterThan(1);
  // What is read is what the page measures, and where the curve ends.
  const { cellAccuracy, agreement } = await digits.stats();
  const percent = (share: number | null) => `${Number((100 * (share ?? NaN)).toFixed(1))}%`;
  await expect(reading('accuracy')).toHaveText(percent(cellAccuracy));
  await expect(reading('agreement')).toHaveText(percent(agreement));
  const drawn = await curve(digits, 'accuracy');
  expect(drawn.to).toBe(100);
  expect(drawn.heights.at(-1)).toBeCloseTo(100 * (1 - (cellAccuracy ?? NaN)), 0);
  await expect(strip.getByRole('img')).toHaveAttribute('aria-label', /of the cells are right/);

  const present = strip.locator('.present');
  await expect(present).toHaveAttribute('hidden');
  await page.getByRole('slider', { name: 'Back in time' }).fill('-20');
  await expect(present).toHaveAttribute('x1', '80');
  await expect(present).not.toHaveAttribute('hidden');
  await page.getByRole('slider', { name: 'Back in time' }).fill('0');

  // Ink that nobody has labelled: the accuracy is not known.
  await page.evaluate(() => window.nca.setDigits(new Uint8Array(6 * 784).fill(200)));
  await expect(reading('accuracy')).toHaveText('–');
  await page.evaluate(() => window.nca.reset());
  await digits.step(1);
  await expect.poll(async () => (await curve(digits, 'agreement')).heights.length).toBeLessThan(3);

  await page.keyboard.press('a');
  await expect(strip).toBeHidden();
  await page.keyboard.press('a');
  await strip.getByRole('button').click();
  await expect(strip).toBeHidden();
  await expect(page.locator('#canvas')).toBeFocused();
});

test('the strip and the line of figures tell how much of the ink is undecided', async ({ digits }) => {
  const { page } = digits;
  await digits.open('?columns=3&rows=2&seed=5&paused=1&strategy=texture');
  await page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await page.evaluate((bytes) => window.nca.useModel(new Uint8Array(bytes)), [...madeUpReader('reader', 3)]);
  await page.keyboard.press('a');
  const strip = page.getByRole('region', { name: 'Figures of the last thousand steps' });
  const reading = strip.locator('li.undecided');

  // A flat line is read, and two upright ones are not.
  const line = (from: [number, number], to: [number, number]) =>
    page.evaluate(
      ([start, end]) =>
        window.nca.paint(
          [start, end].map(([x, y]) => ({ x, y })),
          { radius: 1 },
        ),
      [from, to] as const,
    );
  await line([6, 16.5], [26, 16.5]);
  await line([48.5, 6], [48.5, 26]);
  await line([80.5, 6], [80.5, 26]);
  await digits.stats();
  await expect(reading).toHaveText('Undecided 100%');
  await digits.step(30);
  const { undecided, digits: tiles } = await digits.stats();
  expect(tiles.map(({ undecided: share }) => share)).toEqual([0, 1, 1]);
  await expect(reading).toHaveText(`Undecided ${Number((100 * (undecided ?? NaN)).toFixed(1))}%`);
  const { heights } = await curve(digits, 'undecided');
  expect(heights[0]).toBe(0);
  expect(heights.at(-1)).toBeCloseTo(100 * (1 - (undecided ?? NaN)), 0);
  await expect(strip.getByRole('img')).toHaveAttribute('aria-label', /% of the cells are undecided/);
  await expect(page.locator('#status')).toContainText(`${Math.round(100 * (undecided ?? NaN))}% undecided`);
});
