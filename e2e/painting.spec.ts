/** Stamps of any size and turn at any place, digits swapped all at once, cells that are killed, and a pen's pressure. */
import { type DigitsPage, expect, test } from './fixtures.ts';

const CANVAS = { columns: 3, rows: 2, tile: 32 };
const UNDECIDED = -2;
const THREE = 3;

async function openEmpty(digits: DigitsPage): Promise<void> {
  await digits.open();
  await digits.page.evaluate((layout) => window.nca.setCanvas(layout), CANVAS);
}

/** How many cells carry each label. */
function labelCounts(digits: DigitsPage): Promise<Record<string, number>> {
  return digits.page.evaluate(async () => {
    const counts: Record<string, number> = {};
    for (const label of (await window.nca.readLabels()).data) counts[label] = (counts[label] ?? 0) + 1;
    return counts;
  });
}

const inkCells = async (digits: DigitsPage): Promise<number> => (await digits.stats()).inkCells;

test('the stamp is scaled and turned by wheel and keys, shown before it is dropped, and lies where it is dropped', async ({
  digits,
}) => {
  await openEmpty(digits);
  await digits.page.getByRole('button', { name: /^Stamp a 3/ }).click();
  const middle = await digits.cellOnScreen(16, 16);
  await digits.page.mouse.move(middle.x, middle.y);
  await expect(digits.page.locator('.stamp-preview')).toBeVisible();
  await digits.page.mouse.click(middle.x, middle.y);
  const usual = await inkCells(digits);
  expect((await digits.stats()).digits).toMatchObject([{ column: 0, row: 0, label: 3 }]);

  await digits.page.keyboard.press('Control+z');
  await digits.page.keyboard.down('Shift');
  await digits.page.mouse.wheel(0, 100);
  await digits.page.mouse.wheel(0, 100);
  await digits.page.keyboard.up('Shift');
  await digits.page.keyboard.press('[');
  await expect.poll(async () => (await digits.get()).stampScale).toBe(0.7);
  await digits.page.keyboard.down('Alt');
  await digits.page.mouse.wheel(0, -100);
  await digits.page.keyboard.up('Alt');
  await digits.page.keyboard.press('t');
  await expect.poll(async () => (await digits.get()).stampTurn).toBe(20);
  await digits.page.mouse.click(middle.x, middle.y);
  const small = await inkCells(digits);
  expect(small).toBeGreaterThan(10);
  expect(small).toBeLessThan(0.75 * usual);

  // Far from the middle of any tile it lies on four tiles at once.
  await digits.page.keyboard.press('Control+z');
  await digits.set({ stampScale: 1.5, stampTurn: 0 });
  const corner = await digits.cellOnScreen(32, 32);
  await digits.page.mouse.click(corner.x, corner.y);
  const { digits: parts } = await digits.stats();
  expect(parts.length).toBeGreaterThanOrEqual(3);
  expect(parts.every(({ label }) => label === null)).toBe(true);
  expect(await inkCells(digits)).toBeGreaterThan(usual);
});

test('a stamp over a digit keeps the state of the cells that keep ink', async ({ digits }) => {
  await openEmpty(digits);
  const { x, y } = await digits.cellOnScreen(48, 16);
  await digits.page.mouse.move(x, y);
  await digits.page.keyboard.press('8');
  await digits.step(20);
  await digits.page.keyboard.press('0');
  const counts = await labelCounts(digits);
  expect(counts[THREE]).toBeGreaterThan(5);
  expect(counts[UNDECIDED]).toBeGreaterThan(5);
  expect((await digits.stats()).digits).toMatchObject([{ column: 1, row: 0, label: 0 }]);
});

test('all digits are swapped at once, for others, and what overlaps goes on', async ({ digits }) => {
  await digits.open();
  await digits.step(20);
  const before = (await digits.stats()).digits;
  await digits.page.keyboard.press('s');
  // They come a few at a time.
  const unchanged = async () =>
    (await digits.stats()).digits.filter(({ label }, tile) => label === before[tile]?.label).length;
  await expect.poll(unchanged).toBe(0);
  const after = (await digits.stats()).digits;
  expect(after).toHaveLength(before.length);
  const counts = await labelCounts(digits);
  expect(counts[THREE]).toBeGreaterThan(20);
  expect(counts[UNDECIDED]).toBeGreaterThan(20);
  await digits.page.getByRole('button', { name: 'Menu' }).click();
  await digits.page.getByRole('button', { name: 'Swap all digits' }).click();
  expect((await digits.stats()).digits).not.toEqual(after);
});

test('damage makes cells forget, or, pressed again, kills every second one; undo brings those back', async ({
  digits,
}) => {
  await openEmpty(digits);
  await digits.set({ brushRadius: 5 });
  await digits.stroke([10, 16], [86, 16]);
  await digits.step(20);
  const whole = await inkCells(digits);
  await digits.page.getByRole('button', { name: 'Damage: forget' }).click();
  await digits.stroke([40, 16], [56, 16]);
  expect(await inkCells(digits)).toBe(whole);
  expect((await labelCounts(digits))[UNDECIDED]).toBeGreaterThan(100);
  await digits.step(20);
  expect((await labelCounts(digits))[UNDECIDED]).toBeUndefined();

  await digits.page.getByRole('button', { name: 'Damage: forget' }).click();
  const kill = digits.page.getByRole('button', { name: 'Damage: kill' });
  await expect(kill).toHaveAttribute('aria-pressed', 'true');
  await digits.stroke([40, 16], [56, 16], [40, 16]);
  const left = await inkCells(digits);
  const under = 16 * 10 + 78;
  expect(whole - left).toBeGreaterThan(0.35 * under);
  expect(whole - left).toBeLessThan(0.65 * under);
  await digits.page.keyboard.press('Control+z');
  expect(await inkCells(digits)).toBe(whole);
});

test('a pen that presses lightly draws a thinner line', { tag: '@chromium' }, async ({ digits }) => {
  await openEmpty(digits);
  await digits.set({ brushRadius: 4 });
  const session = await digits.page.context().newCDPSession(digits.page);
  const draw = async (row: number, force: number): Promise<void> => {
    const from = await digits.cellOnScreen(10, row);
    const to = await digits.cellOnScreen(80, row);
    const pen = { button: 'left', buttons: 1, pointerType: 'pen', force } as const;
    await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...from, ...pen, clickCount: 1 });
    await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...to, ...pen });
    await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...to, ...pen, force: 0, clickCount: 1 });
  };
  await draw(16, 1);
  const full = await inkCells(digits);
  await draw(48, 0.25);
  const light = (await inkCells(digits)) - full;
  expect(light).toBeGreaterThan(0.15 * full);
  expect(light).toBeLessThan(0.5 * full);
});
