/**
 * Does the suite notice? Faults are put into shaders, packing and picture one at a time, and the parity tests and the
 * pictures' baselines have to fail. A few of them in every run; `npm run mutations` tries all and prints a table.
 */
import { existsSync } from 'node:fs';
import { expect, test as pageTest } from './fixtures.ts';
import { expectPicture } from './kit/expect-picture.ts';
import { rendererOf } from './kit/renderer.ts';
import { LOOKS, openScene, shippedModels } from './kit/scenes.ts';
import { CHECKS, type CheckName, ENGINE_FAULTS, PAGE_FAULTS } from './mutations/faults.ts';
import type { Parity } from './harness/harness.ts';
import { test } from './workbench.ts';
import type { Page } from '@playwright/test';

const isFull = process.env['MUTATIONS'] === 'all';
/** Of the list in an ordinary run. */
const sampled = <T>(faults: readonly T[], every: number): readonly T[] =>
  isFull ? faults : faults.filter((_, index) => index % every === every - 1);

interface Fault {
  readonly from: string;
  readonly to: string;
}

declare global {
  interface Window {
    fault: Fault | null;
    /** How often the present fault was put into a shader. */
    faultCount: number;
  }
}

/** Before the page's scripts: shaders get the fault that is set. */
function breakShaders(fault: Fault | null): void {
  window.fault = fault;
  window.faultCount = 0;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own context below
  const { shaderSource } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
    const { fault: now } = window;
    if (now && source.includes(now.from)) window.faultCount += 1;
    shaderSource.call(this, shader, now ? source.replaceAll(now.from, now.to) : source);
  };
}

/** Why a comparison with the reference fails; null if it does not. */
function complaintOf({ difference, magnitude, differentLabels }: Parity, tolerance: number): string | null {
  if (!(difference < tolerance * magnitude)) return `state differs by ${(difference / magnitude).toPrecision(2)}`;
  return differentLabels > 0 ? `${differentLabels} labels differ` : null;
}

async function complaint(workbench: Page, check: CheckName): Promise<string | null> {
  const tolerance = check === 'layer by layer' ? 1e-3 : 1e-5;
  const outcome = await workbench.evaluate(
    (given) => window.engine.compare(given).catch((error: unknown) => String(error)),
    CHECKS[check],
  );
  if (typeof outcome !== 'string') return complaintOf(outcome, tolerance);
  // A driver that refuses a fault says nothing of the tests.
  if (outcome.includes('does not compile')) throw new Error(`The fault is no shader: ${outcome}`);
  return outcome.split('\n')[0];
}

function tell(name: string, caughtBy: string, how: string): void {
  if (isFull) console.log(`| ${name} | ${caughtBy} | ${how} |`);
}

const inShaders = sampled(
  ENGINE_FAULTS.filter(({ module }) => module === undefined),
  6,
);
const inModules = sampled(
  ENGINE_FAULTS.filter(({ module }) => module !== undefined),
  5,
);

test('faults in the shaders of a step are caught by its comparison with the reference', async ({
  page,
  workbenchAddress,
}) => {
  test.setTimeout(60_000 + inShaders.length * 30_000);
  await page.addInitScript(breakShaders, null);
  await page.goto(workbenchAddress);
  await page.waitForFunction(() => 'engine' in window);
  for (const check of new Set(inShaders.map((fault) => fault.check))) expect(await complaint(page, check)).toBeNull();
  for (const { name, from, to, check } of inShaders) {
    await page.evaluate(
      (given) => {
        window.fault = given;
        window.faultCount = 0;
      },
      { from, to },
    );
    const how = await complaint(page, check);
    expect(await page.evaluate(() => window.faultCount), `the fault "${name}" is put in`).toBeGreaterThan(0);
    tell(name, `parity: ${check}`, how ?? 'NOT CAUGHT');
    expect.soft(how, `"${name}" is caught`).not.toBeNull();
  }
});

for (const { name, module = '', from, to, check } of inModules) {
  test(`a fault in how weights reach the GPU is caught: ${name}`, async ({ page, workbenchAddress }) => {
    test.slow();
    let count = 0;
    await page.route(`**/engine/${module}*`, async (route) => {
      const answer = await route.fetch();
      const body = await answer.text();
      if (body.includes(from)) count += 1;
      await route.fulfill({ response: answer, body: body.replace(from, to) });
    });
    await page.goto(workbenchAddress);
    await page.waitForFunction(() => 'engine' in window);
    const how = await complaint(page, check);
    expect(count).toBe(1);
    tell(name, `parity: ${check}`, how ?? 'NOT CAUGHT');
    expect(how).not.toBeNull();
  });
}

const [model] = shippedModels();
for (const { name, from, to, scene } of sampled(PAGE_FAULTS, 8)) {
  pageTest(`a fault in the picture is caught by its baseline: ${name}`, async ({ digits }, testInfo) => {
    pageTest.slow();
    const { page } = digits;
    const { folder } = await rendererOf(page);
    const baseline = [folder, model.folder, `${scene}.png`];
    pageTest.skip(!existsSync(testInfo.snapshotPath(...baseline)), 'There is no baseline of this renderer and model.');
    await page.addInitScript(breakShaders, { from, to });
    await openScene(digits, model);
    await digits.set(LOOKS.find((look) => look.name === scene)?.values ?? {});
    await digits.stats();
    await digits.drawn();
    expect(await page.evaluate(() => window.faultCount)).toBeGreaterThan(0);
    const how = await expectPicture(page.locator('#canvas'), [model.folder, scene]).then(
      () => null,
      (error: unknown) => /(\d+ pixels[^\n]*|colour[^\n]*)/.exec(String(error))?.[0] ?? 'differs',
    );
    tell(name, `picture: ${scene}`, how ?? 'NOT CAUGHT');
    expect(how).not.toBeNull();
  });
}
