/** What must not grow: the cost of a stroke with the canvas, the wait with the edit. */
import { expect, test } from './fixtures.ts';

/** Milliseconds of the main thread's own time for one pointer event; 2 is the aim on an ordinary machine. */
const STROKE_MILLISECONDS = 4;
const MOVES = 60;

test('a stroke on a large canvas costs no more than its own cells', async ({ digits, page }) => {
  await digits.open();
  await page.evaluate(() => window.nca.setCanvas({ columns: 64, rows: 64, tile: 32 }));
  // Near enough that software rendering has little to draw.
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('+');
  await digits.drawn();
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what others do on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const milliseconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN);
  };
  const before = await milliseconds();
  await page.locator('#canvas').evaluate((canvas, moves) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const send = (type: string, move: number) => {
      const clientX = left + width / 2 + 4 * (move - moves / 2);
      const clientY = top + height / 2 + 40 * Math.sin(move / 6);
      const shape = { pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true };
      canvas.dispatchEvent(new PointerEvent(type, { ...shape, clientX, clientY, button: 0, buttons: 1 }));
    };
    send('pointerdown', 0);
    for (let move = 1; move <= moves; move += 1) send('pointermove', move);
    send('pointerup', moves);
  }, MOVES);
  await digits.drawn();
  const spent = (await milliseconds()) - before;
  expect((await digits.info()).liveCells).toBeGreaterThan(100);
  expect(spent / MOVES).toBeLessThan(STROKE_MILLISECONDS);
});

test('a large canvas fills between frames, and takes a stroke meanwhile', async ({ digits, page }) => {
  await digits.open();
  await page.evaluate(() => window.nca.setCanvas({ columns: 20, rows: 20, tile: 28 }));
  const counts = await page.evaluate(async () => {
    const seen: number[] = [];
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
    await window.nca.paint([{ x: 5, y: 5 }], { radius: 2 });
    for (let quiet = 0; quiet < 20; quiet += 1) {
      const { liveCells } = await window.nca.info();
      if (liveCells !== seen[seen.length - 1]) quiet = 0;
      seen.push(liveCells);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return [...new Set(seen)];
  });
  expect(counts.length).toBeGreaterThan(3);
  expect(counts[0]).toBeLessThan(counts[counts.length - 1] / 2);
  const { digits: tiles } = await digits.stats();
  expect(tiles.filter(({ label }) => label !== null).length).toBeGreaterThanOrEqual(399);
});
