/** What must not grow: the cost of a stroke with the canvas, the wait with the edit. */
import { expect, test } from './fixtures.ts';

/** Milliseconds of the main thread's own time for a piece of a stroke and the frame that shows it; 2 is the aim on an ordinary machine. */
const STROKE_MILLISECONDS = 4;
const MOVES = 60;

test('a stroke on a large canvas costs no more than its own cells', async ({ digits, page }) => {
  await digits.open();
  await page.evaluate(() => window.nca.setCanvas({ columns: 64, rows: 64, tile: 32 }));
  // Nobody paints where a cell is a third of a pixel.
  for (let press = 0; press < 7; press += 1) await page.keyboard.press('+');
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what others do on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const milliseconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN);
  };
  const before = await milliseconds();
  await page.evaluate(async (moves) => {
    for (let move = 0; move < moves; move += 1) {
      const [x, y] = [900 + 4 * move, 1000 + 40 * Math.sin(move / 6)];
      await window.nca.paint([{ x, y }, { x: x + 2, y }, { x: x + 4, y }], { radius: 1.5 }); // prettier-ignore
      await new Promise(requestAnimationFrame);
    }
  }, MOVES);
  const spent = (await milliseconds()) - before;
  expect((await digits.info()).liveCells).toBeGreaterThan(50);
  console.log(`A piece of a stroke and its frame cost ${(spent / MOVES).toFixed(2)} ms.`);
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
