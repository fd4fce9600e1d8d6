/** The strip of accuracy, agreement and flicker over the last steps. */
import type { DigitsPage } from './fixtures.ts';
import { expect, test } from './fixtures.ts';

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
