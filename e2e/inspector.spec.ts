/** Looking closely at a digit and a cell, by pointer and by keyboard. */
import { expect, test } from './fixtures.ts';

test('the inspector tells a digit’s votes, a cell’s logits and its neighbours, and moves by their buttons', async ({
  digits,
}) => {
  await digits.open('?columns=3&rows=2&tile=32&seed=5&paused=1&strategy=texture');
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  await digits.page.evaluate(() => window.nca.paint([{ x: 48, y: 16 }], { radius: 6 }));
  await digits.step(20);
  await digits.page.keyboard.press('i');
  const card = digits.page.locator('#inspector');
  await expect(card).toBeVisible();
  const { x, y } = await digits.cellOnScreen(48.5, 16.5);
  await digits.page.mouse.click(x, y);
  await expect(card).toContainText(/Tile 2, 1: 100% of \d+ cells say 3\./);
  await expect(card).toContainText(/Cell 48, 16: 100% ink, says 3, confidence \d\.\d\d\./);
  await expect(card.locator('.inspector-bars li')).toHaveCount(10);
  await expect(card.getByRole('img')).toHaveAttribute('aria-label', /cells say 3/);
  // The press chose a cell and painted nothing.
  const { inkCells } = await digits.stats();
  await card.getByRole('button', { name: /^Cell 49, 16: says 3/ }).press('Enter');
  await expect(card).toContainText('Cell 49, 16:');
  expect((await digits.stats()).inkCells).toBe(inkCells);
  await digits.page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  expect((await digits.get()).tool).toBe('brush');
});
