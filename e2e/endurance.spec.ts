/**
 * Resizes and changes of the model leave nothing behind. ENDURANCE=1000 npx playwright test e2e/endurance.spec.ts makes
 * so many of each and prints what was found.
 */
import type { CDPSession } from '@playwright/test';
import { countGlObjects, countOfGlObjects } from '../engine/cli/kiosk/gl-objects.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

const asked = process.env['ENDURANCE'];
const TIMES = Number(asked ?? 8);
/** Before counting begins, as many as the browser's own caches need to fill. */
const FIRST = asked === undefined ? 4 : 100;
/** What a few leave behind is mostly the browser's own; over many there is nothing of ours that is so small. */
const MOST_BYTES = asked === undefined ? 600_000 : 200 * TIMES;

interface Change {
  readonly title: string;
  /** Makes one, the index-th, in the page. */
  readonly make: (index: number) => Promise<void>;
}

const CHANGES: readonly Change[] = [
  {
    title: 'resizes of the screen',
    make: async (index) => {
      const stage = document.getElementById('stage');
      stage?.style.setProperty('width', `${200 + ((index * 37) % 200)}px`);
      stage?.style.setProperty('height', `${150 + ((index * 53) % 200)}px`);
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    },
  },
  {
    title: 'resizes of the canvas',
    make: async (index) => {
      await window.nca.setCanvas({ columns: 1 + (index % 3), rows: 1 + (index % 2), tile: 28 });
      await new Promise(requestAnimationFrame);
    },
  },
  {
    title: 'changes of the model',
    make: async (index) => {
      await window.nca.useModel(index % 2 === 0 ? 'seven' : 'three');
      await new Promise(requestAnimationFrame);
    },
  },
];

async function heapAndObjects(digits: DigitsPage, session: CDPSession): Promise<{ heap: number; objects: number }> {
  await digits.drawn();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  let objects = Infinity;
  for (let look = 0; look < 6; look += 1) {
    objects = Math.min(objects, await countOfGlObjects(digits.page));
    await digits.page.waitForTimeout(60);
  }
  return { heap: usedSize, objects };
}

for (const { title, make } of CHANGES) {
  test(`${title} leave no GL object and no heap behind`, async ({ digits, page }) => {
    test.setTimeout(60_000 + TIMES * 5000);
    await countGlObjects(page);
    await page.setViewportSize({ width: 400, height: 400 });
    await digits.open('?columns=1&rows=1&tile=28&seed=5&paused=1&ui=0&strategy=texture');
    const session = await page.context().newCDPSession(page);
    // An even number, so that it ends where it began.
    const run = (first: number, count: number) =>
      page.evaluate<void>(`(async () => {
        const change = ${make.toString()};
        for (let index = ${first}; index < ${first + count}; index += 1) await change(index);
      })()`);
    await run(0, FIRST);
    await run(0, 2);
    const before = await heapAndObjects(digits, session);
    await run(FIRST, TIMES);
    await run(0, 2);
    const after = await heapAndObjects(digits, session);
    const found =
      `${TIMES} ${title}: GL objects ${before.objects} before, ${after.objects} after; ` +
      `heap ${(before.heap / 1e6).toFixed(3)} MB before, ${(after.heap / 1e6).toFixed(3)} MB after`;
    if (asked !== undefined) console.log(found);
    // A result on its way has a buffer and a fence; what one change left would be there as often as it was made.
    expect(after.objects, found).toBeLessThanOrEqual(before.objects + 2);
    expect(after.heap - before.heap, found).toBeLessThan(MOST_BYTES);
  });
}
