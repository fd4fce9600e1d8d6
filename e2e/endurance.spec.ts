/**
 * Resizes and changes of the model leave nothing behind. ENDURANCE=1000 npx playwright test e2e/endurance.spec.ts makes
 * so many of each and prints what was found.
 */
import type { CDPSession } from '@playwright/test';
import { countGlObjects, countOfGlObjects } from '../engine/cli/kiosk/gl-objects.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

const asked = process.env['ENDURANCE'];
const TIMES = Number(asked ?? 8);
/** Before counting begins, until the browser's caches are full and it has compiled what runs often, into its heap. */
const FIRST = asked === undefined ? 4 : 1000;
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

/** Bytes of JavaScript heap once everything is drawn and collected. */
async function heapOf(digits: DigitsPage, session: CDPSession): Promise<number> {
  await digits.drawn();
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** The fewest GL objects in half a second: results on their way have buffers and fences of their own. */
async function fewestObjects({ page }: DigitsPage): Promise<number> {
  let fewest = Infinity;
  for (let look = 0; look < 8; look += 1) {
    fewest = Math.min(fewest, await countOfGlObjects(page));
    await page.waitForTimeout(60);
  }
  return fewest;
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
    const before = { heap: await heapOf(digits, session), objects: await fewestObjects(digits) };
    await run(FIRST, TIMES);
    await run(0, 2);
    const heap = await heapOf(digits, session);
    // On a busy machine results take their time; what a change left behind would stay.
    await expect
      .poll(() => fewestObjects(digits), { message: 'the GL objects are as many as before' })
      .toBeLessThanOrEqual(before.objects);
    const found =
      `${TIMES} ${title}: GL objects as many as before, ${before.objects}; ` +
      `heap ${(before.heap / 1e6).toFixed(3)} MB before, ${(heap / 1e6).toFixed(3)} MB after`;
    if (asked !== undefined) console.log(found);
    expect(heap - before.heap, found).toBeLessThan(MOST_BYTES);
  });
}
