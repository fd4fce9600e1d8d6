/**
 * Does the suite notice? Faults are put into shaders, packing and picture one at a time. The picture is compared with the
 * computed one, which has to refuse it; where the engine is at fault, its state is compared with the reference's as
 * well. A few faults in every run; `npm run mutations` tries all and prints a table.
 */
import type { Page } from '@playwright/test';
import { allOf, compareLook, runCase } from './computed-engine.ts';
import { type ComputedLook, EVERY_VIEW, runShipped, showLook, stepShipped } from './computed-page.ts';
import { expect, test as pageTest } from './fixtures.ts';
import { openComputed } from './open-computed.ts';
import type { Parity } from './harness/harness.ts';
import { comparePicture } from './kit/compare-picture.ts';
import type { PlainRun } from './kit/plain-run.ts';
import { CHECKS, type CheckName, ENGINE_FAULTS, type Fault as ListedFault, PAGE_FAULTS } from './mutations/faults.ts';
import { shippedModels } from './shipped-models.ts';
import { test } from './workbench.ts';

const isFull = process.env['MUTATIONS'] === 'all';
/** Of the list in an ordinary run. */
const sampled = <T>(faults: readonly T[], every: number): readonly T[] =>
  isFull ? faults : faults.filter((_, index) => index % every === every - 1);

/** What is put in, and in the place of what. */
type Fault = Pick<ListedFault, 'from' | 'to'>;

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

/** What is wrong with a state; null if nothing is. */
function complaintOf({ difference, magnitude, differentLabels }: Parity, tolerance: number): string | null {
  if (!(difference < tolerance * magnitude)) return `state differs by ${(difference / magnitude).toPrecision(2)}`;
  return differentLabels > 0 ? `${differentLabels} labels differ` : null;
}

/** Why the state is not the reference's; null if it is. */
async function parityComplaint(workbench: Page, check: CheckName): Promise<string | null> {
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

const runs = new Map<CheckName, PlainRun>();

/** Why the picture is not the computed one, in the first view that tells; null if none does. */
async function pictureComplaint(workbench: Page, check: CheckName): Promise<string | null> {
  const run = runs.get(check) ?? runCase(CHECKS[check]);
  runs.set(check, run);
  const refused = await workbench.evaluate(
    (given) => window.engine.showSimulation(given).then(() => null, String),
    CHECKS[check],
  );
  if (refused !== null) return refused.split('\n')[0];
  for (const look of allOf(run)) {
    const { comparison } = await compareLook(workbench, run, look);
    if (comparison.isSame) continue;
    const channels = look.view === 'channels' ? ` ${look.channels.join(' ')}` : '';
    return `${look.view}${channels}: ${comparison.wrong.length} of ${comparison.cells} cells`;
  }
  return null;
}

/** A line of the table. */
function tell(name: string, picture: string | null, parity: string): void {
  if (isFull) console.log(`| ${name} | ${picture ?? 'NOT NOTICED'} | ${parity} |`);
}

const inShaders = sampled(
  ENGINE_FAULTS.filter(({ module }) => module === undefined),
  6,
);
const inModules = sampled(
  ENGINE_FAULTS.filter(({ module }) => module !== undefined),
  5,
);

test('faults in the shaders of a step are noticed', async ({ page, workbenchAddress }) => {
  test.setTimeout(60_000 + inShaders.length * 60_000);
  await page.addInitScript(breakShaders, null);
  await page.goto(workbenchAddress);
  await page.waitForFunction(() => 'engine' in window);
  for (const check of new Set(inShaders.map((fault) => fault.check))) {
    expect(await pictureComplaint(page, check), `without a fault, ${check}`).toBeNull();
    expect(await parityComplaint(page, check), `without a fault, ${check}`).toBeNull();
  }
  for (const { name, from, to, check } of inShaders) {
    await page.evaluate(
      (given) => {
        window.fault = given;
        window.faultCount = 0;
      },
      { from, to },
    );
    const picture = await pictureComplaint(page, check);
    expect(await page.evaluate(() => window.faultCount), `the fault "${name}" is put in`).toBeGreaterThan(0);
    const parity = await parityComplaint(page, check);
    tell(name, picture, parity ?? 'not noticed');
    expect.soft(picture, `"${name}" is noticed in the picture`).not.toBeNull();
    expect.soft(parity, `"${name}" is noticed in the state`).not.toBeNull();
  }
});

for (const { name, module = '', from, to, check } of inModules) {
  test(`a fault in how weights reach the GPU is noticed: ${name}`, async ({ page, workbenchAddress }) => {
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
    const picture = await pictureComplaint(page, check);
    const parity = await parityComplaint(page, check);
    expect(count).toBe(1);
    tell(name, picture, parity ?? 'not noticed');
    expect.soft(picture).not.toBeNull();
    expect.soft(parity).not.toBeNull();
  });
}

const models = shippedModels();
const lightest = models.find((model) => model.name === 'tiny') ?? models[0];
const looks: readonly ComputedLook[] = [...EVERY_VIEW, { view: 'label', grid: true }];
for (const { name, from, to } of sampled(PAGE_FAULTS, 8)) {
  pageTest(`a fault in the picture is noticed: ${name}`, async ({ digits }) => {
    pageTest.slow();
    await digits.page.addInitScript(breakShaders, { from, to });
    const { page, canvas } = await openComputed(digits, lightest);
    const run = runShipped(lightest);
    await stepShipped(page, lightest);
    expect(await digits.page.evaluate(() => window.faultCount)).toBeGreaterThan(0);
    let picture: string | null = null;
    for (const look of looks) {
      const { expected } = await showLook(page, run, look);
      const { isSame, wrong, cells } = comparePicture(await canvas.screenshot(), expected);
      if (isSame) continue;
      picture = `${look.view}${look.grid ? ' with lines' : ''}: ${wrong.length} of ${cells} cells`;
      break;
    }
    tell(name, picture, '\u2014');
    expect(picture).not.toBeNull();
  });
}
