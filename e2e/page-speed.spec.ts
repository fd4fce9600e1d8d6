/**
 * How much of the engine's speed the page passes on, in ratios that are measured in turns in the same browser: a busy
 * machine slows both sides. `STRICT=1` applies the bars of a quiet machine.
 */
import type { Page } from '@playwright/test';
import type { BenchCase } from '../engine/bench/cases.ts';
import type { CanvasLayout } from '../engine/automaton/types.ts';
import { expect, test } from './fixtures.ts';
import { ALONE, reportFigures } from './report-figures.ts';

test.slow();
test.use({ viewport: { width: 1440, height: 900 } });

const STRICT = process.env['STRICT'] === '1';
/** Of the steps that the benchmark's step and the pictures of a bare page leave room for. */
const LEAST_SHARE = STRICT ? 0.75 : 0.25;
/** Of the time that the benchmark takes for the same steps. */
const MOST_TIMES = STRICT ? 1.1 : 3;

const ROUNDS = STRICT ? 5 : 1;
const PLAY_MILLISECONDS = 4000;
/** The pictures that a page on a slow device draws in a second. */
const PICTURES = 8;

/** Animation frames a second that a page may ask for which is too slow for sixty: each costs time, even without work. */
const MOST_ANIMATION_FRAMES = 30;

const MODEL = 'swift';
const SMALL: CanvasLayout = { columns: 8, rows: 8, tile: 28 };

interface Measured {
  readonly milliseconds: number;
  readonly liveCells: number;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

async function openPage(page: Page): Promise<CanvasLayout> {
  await page.unrouteAll();
  await page.goto('./?paused=1&adapt=0');
  return page.evaluate(async (model) => {
    await window.nca.ready;
    await window.nca.useModel(model);
    const { columns, rows, tile } = await window.nca.info();
    return { columns, rows, tile };
  }, MODEL);
}

/** Fills a canvas of this size with the page's own digits, and runs its first steps. */
async function fill(page: Page, { columns, rows, tile }: CanvasLayout): Promise<void> {
  await page.goto(`./?paused=1&adapt=0&seed=1&columns=${columns}&rows=${rows}&tile=${tile}`);
  await page.evaluate(async (model) => {
    await window.nca.ready;
    await window.nca.useModel(model);
    await window.nca.step(8);
  }, MODEL);
}

/** A step of `nca.step(64)`. */
function stepOfInterface(page: Page): Promise<Measured> {
  return page.evaluate(async () => {
    const { liveCells } = await window.nca.stats();
    const before = performance.now();
    await window.nca.step(64);
    return { milliseconds: (performance.now() - before) / 64, liveCells };
  });
}

/** A step of the benchmark. */
async function stepOfBenchmark(bench: Page, layout: CanvasLayout): Promise<Measured> {
  const digits = layout.columns * layout.rows;
  const given: BenchCase = {
    name: `${digits} digits`,
    model: MODEL,
    layout,
    digits,
    dropout: 0.5,
    strategy: 'auto',
    besideTensorFlow: false,
  };
  const [{ msPerStep, liveCells }] = await bench.evaluate((one) => window.bench.runGroup([one]), given);
  return { milliseconds: msPerStep, liveCells };
}

async function openBench(page: Page): Promise<Page> {
  const bench = await page.context().newPage();
  await bench.goto('./bench/');
  await bench.waitForFunction(() => 'bench' in window);
  return bench;
}

/** The time that a page needs for a picture if it only clears its canvas. */
function pictureOfBarePage(bench: Page): Promise<number> {
  return bench.evaluate(async () => {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    Object.assign(canvas, { width: innerWidth, height: innerHeight });
    canvas.style.cssText = 'position: fixed; inset: 0';
    const gl = canvas.getContext('webgl2');
    if (!gl) throw new Error('There is no WebGL2.');
    const frames = 30;
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const pixel = new Uint8Array(4);
    let spent = 0;
    for (let index = 0; index < frames; index += 1) {
      await frame();
      const before = performance.now();
      gl.clearColor(index / frames, 0, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      spent += performance.now() - before;
    }
    canvas.remove();
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return spent / frames;
  });
}

test('the page gives most of its time to steps', ALONE, async ({ page }) => {
  const layout = await openPage(page);
  const bench = await openBench(page);
  const shares: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = await stepOfBenchmark(bench, layout);
    const picture = await pictureOfBarePage(bench);
    await page.bringToFront();
    await page.goto('./?paused=1');
    const played = await page.evaluate(
      async ([model, milliseconds]) => {
        await window.nca.ready;
        await window.nca.useModel(model);
        await window.nca.set({ stepsPerSecond: 1000 });
        await window.nca.step(8);
        await window.nca.play();
        await new Promise((resolve) => setTimeout(resolve, milliseconds / 2));
        const request = window.requestAnimationFrame.bind(window);
        let asked = 0;
        window.requestAnimationFrame = (callback) => {
          asked += 1;
          return request(callback);
        };
        const [from, since] = [(await window.nca.info()).step, performance.now()];
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        const [to, until] = [(await window.nca.info()).step, performance.now()];
        await window.nca.pause();
        const { liveCells } = await window.nca.stats();
        const seconds = (until - since) / 1000;
        return { perSecond: (to - from) / seconds, liveCells, asked: asked / seconds };
      },
      [MODEL, PLAY_MILLISECONDS] as const,
    );
    await bench.bringToFront();
    const stepHere = (step.milliseconds * played.liveCells) / step.liveCells;
    const possible = (1000 - PICTURES * picture) / stepHere;
    expect(played.asked, 'animation frames a second').toBeLessThan(MOST_ANIMATION_FRAMES);
    shares.push(played.perSecond / possible);
    reportFigures(
      'page speed',
      `${layout.columns * layout.rows} digits: ${played.perSecond.toFixed(1)} steps a second of ${possible.toFixed(1)} ` +
        `(a step ${stepHere.toFixed(1)} ms, a bare picture ${picture.toFixed(1)} ms).`,
    );
  }
  reportFigures('page speed', `Median share: ${medianOf(shares).toFixed(2)}.`);
  expect(medianOf(shares)).toBeGreaterThan(LEAST_SHARE);
});

test('steps that are asked for take little longer than in the benchmark', ALONE, async ({ page }) => {
  const whole = await openPage(page);
  const bench = await openBench(page);
  for (const layout of [SMALL, whole]) {
    await page.bringToFront();
    await fill(page, layout);
    const [asked, expected]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await bench.bringToFront();
      const ofBenchmark = await stepOfBenchmark(bench, layout);
      await page.bringToFront();
      const ofPage = await stepOfInterface(page);
      asked.push(ofPage.milliseconds / ofPage.liveCells);
      expected.push(ofBenchmark.milliseconds / ofBenchmark.liveCells);
      reportFigures(
        'asked steps',
        `${layout.columns * layout.rows} digits: ${ofPage.milliseconds.toFixed(1)} ms a step for ${ofPage.liveCells} cells, ` +
          `benchmark ${ofBenchmark.milliseconds.toFixed(1)} ms for ${ofBenchmark.liveCells}.`,
      );
    }
    // Whatever else the machine does only makes a sample longer.
    const ratio = Math.min(...asked) / Math.min(...expected);
    reportFigures(
      'asked steps',
      `${layout.columns * layout.rows} digits: ${ratio.toFixed(2)} times the benchmark's, the least of each.`,
    );
    expect(ratio).toBeLessThan(MOST_TIMES);
  }
});
