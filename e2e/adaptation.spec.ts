/** What the page does, and says, on a device that cannot keep up: a made-up one, whose GPU is late with every frame. */
import { type DigitsPage, expect, test } from './fixtures.ts';
import { type GlFault, installGlFault } from './gl-fault.ts';

const LATENESS_MILLISECONDS = 100;

/** Every fence is passed when so much time has gone by. Runs in the page, before its scripts. */
function delayFences(milliseconds: number): void {
  const prototype = WebGL2RenderingContext.prototype;
  const raised = new WeakMap<WebGLSync, number>();
  const fence = Reflect.get(prototype, 'fenceSync');
  prototype.fenceSync = function (...given) {
    const sync = fence.apply(this, given);
    if (sync) raised.set(sync, performance.now());
    return sync;
  };
  prototype.clientWaitSync = function (sync) {
    const isEarly = performance.now() - (raised.get(sync) ?? 0) < milliseconds;
    return isEarly ? this.TIMEOUT_EXPIRED : this.CONDITION_SATISFIED;
  };
}

/** A page of two models on a GPU that hides its name and is late with everything. */
async function prepare(digits: DigitsPage, weights: { three?: number; seven: number }): Promise<void> {
  const { page } = digits;
  await page.setViewportSize({ width: 400, height: 300 });
  // Results are taken when the page believes that they are there.
  digits.tolerated.console.push(/GPU stall due to ReadPixels/);
  await page.route('**/models/index.json', (route) =>
    route.fulfill({
      json: [
        { name: 'three', file: 'three.ktx2', title: 'three', multiplyAdds: weights.three },
        { name: 'seven', file: 'seven.ktx2', title: 'seven', multiplyAdds: weights.seven },
      ],
    }),
  );
  // Without timers only fences tell how long the GPU works.
  const fault: GlFault = {
    kind: 'poor',
    withoutExtensions: ['EXT_disjoint_timer_query_webgl2', 'WEBGL_debug_renderer_info'],
  };
  await page.addInitScript(installGlFault, fault);
  await page.addInitScript(delayFences, LATENESS_MILLISECONDS);
}

/** From here on time goes by as the test says, however fast this machine is; what was measured before is forgotten. */
async function holdTime(digits: DigitsPage): Promise<void> {
  const { page } = digits;
  // Far enough ahead that a busy machine has not passed it when the pause arrives.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 30_000));
  if (!(await digits.get()).adapt) return;
  await digits.set({ adapt: false });
  await digits.set({ adapt: true });
}

/** Lets time go by until the page tells something. */
async function told({ page }: DigitsPage, text: RegExp): Promise<void> {
  const notice = page.locator('.notice').filter({ hasText: text });
  for (let half = 0; half < 120; half += 1) {
    if (await notice.isVisible()) return;
    await page.clock.runFor(500);
  }
  throw new Error(`The page does not tell ${text}.`);
}

const ANNOUNCED = /In 20 seconds the lighter model “seven” takes over/;

test('a coarser picture is taken back if it does not help; a lighter model is announced, comes, and is undone', async ({
  digits,
}) => {
  const { page } = digits;
  await prepare(digits, { seven: 1 });
  await page.clock.install();
  await digits.open('?seed=5&rate=60&adapt=1');
  await holdTime(digits);

  const width = (): Promise<number> => page.locator('#canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width);
  const fullWidth = await width();
  await told(digits, /drawn with 75\s?% of its pixels/);
  expect(await width()).toBeLessThan(fullWidth);
  await told(digits, /back at full resolution/);
  expect(await width()).toBe(fullWidth);
  await told(digits, ANNOUNCED);
  await page.clock.runFor(18_000);
  // Programs are asked for now and then whether they are ready.
  await page.clock.resume();
  expect((await digits.info()).model).toBe('three');
  await expect.poll(async () => (await digits.info()).model).toBe('seven');
  await expect(digits.notices().filter({ hasText: 'the lighter model “seven” runs instead of “three”' })).toBeVisible();

  await page.evaluate(() => window.nca.pause());
  await page.getByRole('button', { name: 'Use “three” anyway' }).click();
  await expect.poll(async () => (await digits.info()).model).toBe('three');
  // What the cells had decided is there again, though not a step has run.
  const { data } = await page.evaluate(async () => {
    const labels = await window.nca.readLabels();
    return { data: [...labels.data].filter((label) => label >= 0) };
  });
  expect(data.length).toBeGreaterThan(1000);
  expect(new Set(data)).toEqual(new Set([3]));
  // Whoever goes back is not asked again, and keeps what they chose on the next visit.
  await page.evaluate(() => window.nca.play());
  await page.clock.runFor(10_000);
  expect((await digits.info()).model).toBe('three');
  await expect(digits.notices().filter({ hasText: ANNOUNCED })).toBeHidden();
});

test('an announced model is refused by a press, and overtaken by a pause', async ({ digits }) => {
  const { page } = digits;
  await prepare(digits, { seven: 1 });
  await page.clock.install();
  await digits.open('?seed=5&rate=60&adapt=1');
  await holdTime(digits);
  await told(digits, ANNOUNCED);
  await page.keyboard.press('p');
  await page.clock.runFor(60_000);
  await expect(digits.notices().filter({ hasText: ANNOUNCED })).toBeHidden();
  await page.keyboard.press('p');
  await told(digits, ANNOUNCED);
  await page.getByRole('button', { name: 'Keep “three”' }).click();
  await page.clock.runFor(60_000);
  await expect(digits.notices().filter({ hasText: ANNOUNCED })).toBeHidden();
  await page.clock.resume();
  expect((await digits.info()).model).toBe('three');
});

for (const [what, query, ask] of [
  ['a size, in the address', '?columns=2&rows=1&seed=5&rate=60&adapt=1', ''],
  ['a size, by a script', '?seed=5&rate=60&adapt=1', 'nca.setCanvas({ columns: 2, rows: 1, tile: 28 })'],
  ['the model that runs, by a script', '?seed=5&rate=60&adapt=1', "nca.set({ model: 'three' })"],
  ['a strategy, by a script', '?seed=5&rate=60&adapt=1', "nca.set({ strategy: 'texture' })"],
] as const) {
  test(`no lighter model takes the place of one on a page of which somebody has asked for ${what}`, async ({
    digits,
  }) => {
    const { page } = digits;
    await prepare(digits, { seven: 1 });
    await page.clock.install();
    await digits.open(query);
    await page.evaluate(ask);
    await holdTime(digits);
    // It would have been announced after eight seconds.
    for (let second = 0; second < 20; second += 1) {
      await page.clock.runFor(1000);
      await expect(digits.notices().filter({ hasText: 'lighter model' })).toHaveCount(0);
    }
    await page.clock.resume();
    expect((await digits.info()).model).toBe('three');
  });
}

test('a device that is known to be slow begins with the lighter model, unless somebody insists or the page is paused', async ({
  digits,
}) => {
  const { page } = digits;
  await prepare(digits, { three: 1_000_000, seven: 1 });
  const model = async (query: string): Promise<string> => {
    await digits.open(query);
    return (await digits.info()).model;
  };
  expect(await model('?paused=1&adapt=1')).toBe('three');
  expect(await model('?columns=2&rows=1&adapt=1')).toBe('three');
  expect(await model('?adapt=0')).toBe('three');
  expect(await model('?adapt=1')).toBe('seven');
  await expect(digits.notices().filter({ hasText: 'started with the lighter model “seven”' })).toBeVisible();
  await page.getByRole('button', { name: 'Use “three” anyway' }).click();
  await expect.poll(async () => (await digits.info()).model).toBe('three');
  expect(await model('?adapt=1')).toBe('three');
  await expect(digits.notices().filter({ hasText: 'lighter model' })).toHaveCount(0);
});
