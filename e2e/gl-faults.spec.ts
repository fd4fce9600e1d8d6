/**
 * Hostile devices: any GL call may fail. A few faults in every run; GL_FAULTS=N tries N calls of every kind as well,
 * GL_FAULTS=all every one. The page ends in a working simulation, or in a readable message with a next step.
 */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, serveMadeUpModels, test } from './fixtures.ts';
import { type GlFault, installGlFault } from './gl-fault.ts';

const asked = process.env['GL_FAULTS'];
const QUERY = '?columns=2&rows=1&tile=28&seed=5&strategy=texture';

test.use({ viewport: { width: 320, height: 240 } });

/** What became of a page. */
type Ending = 'works' | 'message';

async function ending(page: Page): Promise<Ending> {
  const works = page
    .evaluate(async () => {
      // A context that went and came back is waited for, as a visitor would.
      for (;;) {
        await window.nca.ready;
        try {
          const { step } = await window.nca.info();
          await window.nca.step(2);
          const { data } = await window.nca.readState();
          if ((await window.nca.info()).step === step + 2 && data.some((value) => value !== 0)) return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    })
    .then(
      (): Ending => 'works',
      // It did not start: the message is looked at below.
      () => new Promise<Ending>(() => undefined),
    );
  const message = page
    .locator('#failure:not([hidden]) li, .notice button:not([aria-label])')
    .first()
    .waitFor({ timeout: 40_000 })
    .then((): Ending => 'message');
  const first = await Promise.race([works, message]);
  if (first === 'message') {
    const text = await page.locator('#failure:not([hidden]), .notice').first().innerText();
    expect(text.length, 'a readable message').toBeGreaterThan(20);
    expect(text).not.toMatch(/undefined|\[object|TypeError|null/);
    if (asked !== undefined) console.log(text.replaceAll('\n', ' · '));
  }
  return first;
}

/** A page of its own for every fault, whose complaints are its own as well: only how it ends is looked at. */
async function open(context: BrowserContext, fault: GlFault): Promise<Page> {
  const page = await context.newPage();
  await serveMadeUpModels(page);
  await page.addInitScript(installGlFault, fault);
  await page.goto(`./${QUERY}&adapt=0`);
  return page;
}

/** How a page with a fault ends; an error that nobody has caught is no end. */
async function outcome(context: BrowserContext, fault: GlFault): Promise<Ending> {
  const page = await open(context, fault);
  const uncaught: string[] = [];
  page.on('pageerror', ({ message }) => uncaught.push(message));
  const end = await ending(page);
  expect(uncaught, JSON.stringify(fault)).toEqual([]);
  await page.close();
  return end;
}

/** Places among `count`, spread evenly. */
function places(count: number): number[] {
  const wanted = asked === 'all' ? count : Math.min(count, Number(asked));
  return Array.from({ length: wanted }, (_, index) => Math.floor(((index + 0.5) * count) / wanted));
}

/** Calls of a whole start and of two frames, counted once. */
async function callsOf(context: BrowserContext, method: string): Promise<number> {
  const page = await open(context, { kind: 'none' });
  await page.evaluate(async () => {
    await window.nca.ready;
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
  const calls = await page.evaluate((name) => window.glCalls[name] ?? 0, method);
  await page.close();
  return calls;
}

/** How every one of these faults ends; two pages at a time, since each waits more than it works. */
async function outcomes(context: BrowserContext, faults: readonly GlFault[]): Promise<Ending[]> {
  const endings: Ending[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < faults.length; index = next++) {
      endings[index] = await outcome(context, faults[index]);
    }
  };
  await Promise.all([work(), work()]);
  return endings;
}

function tell(kind: string, endings: readonly Ending[]): void {
  const count = (one: Ending) => endings.filter((ending) => ending === one).length;
  const text = `${kind}: ${endings.length} faults, ${count('works')} end at work, ${count('message')} in a message`;
  test.info().annotations.push({ type: 'gl-faults', description: text });
  if (asked !== undefined) console.log(text);
}

const MAKERS = [
  'createTexture',
  'createFramebuffer',
  'createBuffer',
  'createVertexArray',
  'createShader',
  'createProgram',
  'createQuery',
  'fenceSync',
] as const;

for (const method of MAKERS) {
  test(`${method} may return null at any call`, async ({ context }) => {
    test.skip(asked === undefined, 'GL_FAULTS=N tries so many places.');
    const count = await callsOf(context, method);
    test.setTimeout(60_000 + count * 60_000);
    tell(
      method,
      await outcomes(
        context,
        places(count).map((at): GlFault => ({ kind: 'null', method, at })),
      ),
    );
  });
}

test('framebuffers may be incomplete and shaders may not compile', async ({ context }) => {
  test.slow();
  const faults: GlFault[] = [
    { kind: 'incomplete', at: 2 },
    { kind: 'uncompilable', at: 3 },
  ];
  tell('incomplete, uncompilable', await outcomes(context, faults));
});

test('limits may be small and extensions missing', async ({ context }) => {
  test.slow();
  const faults: GlFault[] = [
    { kind: 'poor', textureSize: 256 },
    {
      kind: 'poor',
      drawBuffers: 1,
      withoutExtensions: ['KHR_parallel_shader_compile', 'EXT_disjoint_timer_query_webgl2'],
    },
  ];
  tell('poor', await outcomes(context, faults));
});

test('the context may go at any call of a start and of a frame, and comes back', async ({ context }) => {
  test.skip(asked === undefined, 'GL_FAULTS=N tries so many places.');
  const count = await callsOf(context, 'all');
  const tried = places(count);
  test.setTimeout(60_000 + tried.length * 60_000);
  const endings = await outcomes(
    context,
    tried.map((at): GlFault => ({ kind: 'lose', at })),
  );
  tell(`context lost at call N of ${count}`, endings);
  // It is back a moment later, so there is nothing to tell anybody to do.
  expect(new Set(endings)).toEqual(new Set<Ending>(['works']));
});
