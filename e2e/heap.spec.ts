/**
 * Memory must not grow with time. FRAMES=10000 npx playwright test e2e/heap.spec.ts watches so many frames. In a file of
 * its own: its browser has no frame rate.
 */
import { SOFTWARE_WEBGL_FLAGS } from '../engine/cli/browser-flags.ts';
import { findBrowser } from '../engine/cli/find-browser.ts';
import { expect, test } from './fixtures.ts';

/** Bytes of JavaScript heap that all frames together may leave behind: caches of the browser's own, no more. */
const HEAP_TOLERANCE_BYTES = 300_000;
const FRAMES = Number(process.env['FRAMES'] ?? 1500);

test.use({
  launchOptions: {
    executablePath: findBrowser('test') ?? undefined,
    args: [...SOFTWARE_WEBGL_FLAGS, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  },
  viewport: { width: 320, height: 480 },
});

test('frames leave nothing on the heap', async ({ digits, page }) => {
  test.setTimeout(240_000);
  await digits.open('?columns=1&rows=1&seed=5&rate=240&adapt=0&ui=0');
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const wait = (frames: number) =>
    page.evaluate(async (count) => {
      for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
    }, frames);
  await wait(1000);
  const before = await heap();
  const { step } = await digits.info();
  await wait(FRAMES);
  const after = await heap();
  expect((await digits.info()).step - step).toBeGreaterThan(FRAMES / 10);
  const left = after - before;
  if (FRAMES >= 10_000) console.log(`${FRAMES} frames left ${left} bytes`);
  expect(left).toBeLessThan(HEAP_TOLERANCE_BYTES);
});
