/**
 * How long the default page takes to come alive with the models that it ships, and what it asks of a phone's processor,
 * which Chromium imitates by slowing the main thread down four times. A busy machine makes everything slower, so the bars
 * of wall-clock times are wide; `STRICT=1` applies those of a quiet machine.
 */
import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ALONE, reportFigures } from './report-figures.ts';

/** The shared machine of the tests may be this many times slower than a quiet one. */
const SLACK = process.env['STRICT'] === '1' ? 1 : 5;

const STEP_20_MILLISECONDS = 4000 * SLACK;
const FRAME_GAP_MILLISECONDS = 300 * SLACK;
/** The bars for a processor that is four times slower. */
const THROTTLING = 4;
const BLOCKING_MILLISECONDS = 2000 * SLACK;
const LONGEST_TASK_MILLISECONDS = 500 * SLACK;
/** The main thread's own time, which others on the machine do not lengthen. */
const SCRIPT_MILLISECONDS = 3000;

/** A task that blocks for longer than this delays an answer that a person would notice. */
const BLOCKS_FROM_MILLISECONDS = 50;

interface Start {
  /** Milliseconds from navigation. */
  readonly ready: number;
  readonly step20: number;
  readonly longestGap: number;
  /** Milliseconds that each long task of the main thread took. */
  readonly tasks: readonly number[];
}

declare global {
  interface Window {
    longTasks: number[];
    frameTimes: number[];
  }
}

test.use({ viewport: { width: 1440, height: 900 } });

async function start(page: Page): Promise<Start> {
  await page.unrouteAll();
  await page.addInitScript(() => {
    window.longTasks = [];
    window.frameTimes = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    const note = (now: number): void => {
      window.frameTimes.push(now);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await page.goto('./');
  return page.evaluate(async () => {
    await window.nca.ready;
    const ready = performance.now();
    const isRunning = async () => (await window.nca.info()).step < 20;
    while (await isRunning()) await new Promise((resolve) => setTimeout(resolve, 10));
    const step20 = performance.now();
    const gaps = window.frameTimes.map((time, index, all) => time - all[Math.max(0, index - 1)]);
    return { ready, step20, longestGap: Math.max(...gaps), tasks: window.longTasks };
  });
}

test('the cells of the default page run soon after its first picture', ALONE, async ({ digits, page }) => {
  const { ready, step20, longestGap } = await start(page);
  const { model, strategy, columns, rows } = await digits.info();
  reportFigures(
    'start',
    `${columns * rows} digits, ${model}, ${strategy}: first picture ${ready.toFixed(0)} ms, step 20 ` +
      `${step20.toFixed(0)} ms after navigation; longest time between two frames ${longestGap.toFixed(0)} ms.`,
  );
  expect(step20).toBeLessThan(STEP_20_MILLISECONDS);
  expect(longestGap).toBeLessThan(FRAME_GAP_MILLISECONDS);
});

test('the start asks little of a phone’s processor, in short tasks', ALONE, async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  // The thread's own time does not depend on the slowing down.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
  const { tasks } = await start(page);
  const script = await scriptMilliseconds(session);
  const blocking = tasks.reduce((sum, duration) => sum + duration - BLOCKS_FROM_MILLISECONDS, 0);
  const longest = Math.max(0, ...tasks);
  reportFigures(
    'main thread',
    `Processor ${THROTTLING} times slower: blocked for ${blocking.toFixed(0)} ms, longest task ${longest.toFixed(0)} ms; ` +
      `${script.toFixed(0)} ms of script.`,
  );
  expect(blocking).toBeLessThan(BLOCKING_MILLISECONDS);
  expect(longest).toBeLessThan(LONGEST_TASK_MILLISECONDS);
  expect(script).toBeLessThan(SCRIPT_MILLISECONDS);
});

async function scriptMilliseconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN);
}
