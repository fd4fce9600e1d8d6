/** What the page does, and says, on a device that cannot keep up: a made-up one, whose GPU is late with every frame. */
import { expect, test } from './fixtures.ts';
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

test('a coarser picture is taken back if it does not help, then a lighter model runs, with a way back', async ({
  digits,
}) => {
  const { page } = digits;
  await page.route('**/models/index.json', (route) =>
    route.fulfill({
      json: [
        { name: 'three', file: 'three.ktx2', title: 'three' },
        { name: 'seven', file: 'seven.ktx2', title: 'seven', multiplyAdds: 1 },
      ],
    }),
  );
  // Without timers only fences tell how long the GPU works.
  const fault: GlFault = { kind: 'poor', withoutExtensions: ['EXT_disjoint_timer_query_webgl2'] };
  await page.addInitScript(installGlFault, fault);
  await page.addInitScript(delayFences, LATENESS_MILLISECONDS);
  await page.clock.install();
  await digits.open('?columns=2&rows=1&tile=28&seed=5&rate=60&adapt=1');
  // From here on time goes by as the test says, however fast this machine is.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 100));

  const width = (): Promise<number> => page.locator('#canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width);
  const fullWidth = await width();
  const told = (text: RegExp): Promise<void> =>
    expect(async () => {
      await page.clock.runFor(500);
      await expect(digits.notices().filter({ hasText: text })).toBeVisible({ timeout: 1 });
    }).toPass({ intervals: [1] });
  await told(/drawn with 75\s?% of its pixels/);
  expect(await width()).toBeLessThan(fullWidth);
  await told(/full resolution again/);
  expect(await width()).toBe(fullWidth);
  await told(/the lighter model “seven” runs instead of “three”/);
  expect((await digits.info()).model).toBe('seven');

  // Programs are asked for now and then whether they are ready.
  await page.clock.resume();
  await page.getByRole('button', { name: 'Use “three” all the same' }).click();
  await expect.poll(async () => (await digits.info()).model).toBe('three');
  // Whoever goes back is not asked again.
  await page.clock.runFor(5_000);
  expect((await digits.info()).model).toBe('three');
});
