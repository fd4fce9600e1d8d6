/** The engine as a library: the example pages, which are all that an embedding program needs to do. */
import type { Page } from '@playwright/test';
import type { createSimulation, DigitSimulation } from '../engine/library/create-simulation.ts';
import type { PixiSimulation } from '../engine/library/pixi-simulation.ts';
import { expect, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

interface ExampleWindow {
  simulation: DigitSimulation;
  digits: PixiSimulation;
  measuring: number;
  liveObjects: () => number;
}

/** What `lib/digits.js` exports. */
interface Library {
  createSimulation: typeof createSimulation;
}

/** Serves a model that says 3 in place of the shipped one, and counts the GL objects that are made and not deleted. */
async function prepare(page: Page): Promise<void> {
  await page.route('**/models/accurate.ktx2', (route) => route.fulfill({ body: madeUpModel('three', 3) }));
  await page.addInitScript(() => {
    const live = new Set<unknown>();
    const context = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const kind of ['Texture', 'Buffer', 'Framebuffer', 'Program', 'VertexArray', 'Sampler', 'Renderbuffer']) {
      const create = context[`create${kind}`];
      const remove = context[`delete${kind}`];
      context[`create${kind}`] = function (...args) {
        const object = create.apply(this, args);
        live.add(object);
        return object;
      };
      context[`delete${kind}`] = function (object, ...args) {
        live.delete(object);
        return remove.call(this, object, ...args);
      };
    }
    Object.assign(window, { liveObjects: () => live.size });
  });
}

test('on a plain page ten lines show digits that classify themselves, and a finger paints', async ({ digits }) => {
  const { page } = digits;
  await prepare(page);
  await page.goto('./examples/embed.html');
  await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
  const before = await page.evaluate(() => (window as unknown as ExampleWindow).simulation.info.liveCells);
  const box = await page.locator('#digits').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 4);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 90, (box?.y ?? 0) + 4, { steps: 5 });
  await page.mouse.up();
  const after = await page.evaluate(() => (window as unknown as ExampleWindow).simulation.info.liveCells);
  expect(after).toBeGreaterThan(before);
});

test('on a plain page a stroke ends where its release was missed, and a browser that reports single points paints', async ({
  digits,
}) => {
  const { page } = digits;
  await prepare(page);
  await page.addInitScript(() => {
    Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents');
  });
  await page.goto('./examples/embed.html');
  await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
  const liveCells = () => page.evaluate(() => (window as unknown as ExampleWindow).simulation.info.liveCells);
  const before = await liveCells();
  const box = await page.locator('#digits').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 4, (box?.y ?? 0) + 4];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y, { steps: 5 });
  const painted = await liveCells();
  expect(painted).toBeGreaterThan(before);
  const session = await page.context().newCDPSession(page);
  const unpressed = { type: 'mouseMoved', buttons: 0 } as const;
  await session.send('Input.dispatchMouseEvent', { ...unpressed, x: x + 90, y: y + 40 });
  await session.send('Input.dispatchMouseEvent', { ...unpressed, x: x + 300, y: y + 40 });
  expect(await liveCells()).toBe(painted);
  await page.mouse.up();
  // The other end of a pen takes ink away.
  await page.evaluate(
    ([left, top]) => {
      const canvas = document.querySelector('#digits');
      const pen = { pointerId: 71, pointerType: 'pen', pressure: 1, button: 5, buttons: 32, clientY: top };
      canvas?.dispatchEvent(new PointerEvent('pointerdown', { ...pen, clientX: left }));
      canvas?.dispatchEvent(new PointerEvent('pointermove', { ...pen, clientX: left + 90 }));
      canvas?.dispatchEvent(new PointerEvent('pointerup', { ...pen, buttons: 0, clientX: left + 90 }));
    },
    [x, y],
  );
  expect(await liveCells()).toBeLessThan(painted);
});

test('a disposed simulation leaves nothing behind, and its canvas can be used again', async ({ digits }) => {
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  const { page } = digits;
  await prepare(page);
  await page.goto('./examples/embed.html');
  await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
  const result = await page.evaluate(async () => {
    const { simulation } = window as unknown as ExampleWindow;
    let told = 0;
    simulation.on('measured', () => (told += 1));
    const { step } = simulation.info;
    await simulation.dispose();
    const toldAtEnd = told;
    const refused = await simulation.step(1).catch((error: unknown) => String(error));
    await new Promise((resolve) => setTimeout(resolve, 800));
    const canvas = document.querySelector('canvas');
    return {
      bytes: simulation.info.textureBytes,
      steps: simulation.info.step - step,
      told: told - toldAtEnd,
      isLost: canvas?.getContext('webgl2')?.isContextLost(),
      refused,
    };
  });
  expect(result).toMatchObject({ bytes: 0, told: 0, isLost: true });
  expect(result.refused).toMatch(/Error/);
  const votes = await page.evaluate(async () => {
    const library = '../lib/digits.js';
    const { createSimulation: create } = (await import(new URL(library, location.href).href)) as Library;
    const canvas = document.querySelector('canvas');
    if (!canvas) return [];
    const simulation = await create(canvas, { model: '../models/accurate.ktx2', columns: 2, rows: 1 });
    await simulation.step(15);
    const { digits: read } = await simulation.measure();
    await simulation.dispose();
    return read.map(({ vote }) => vote);
  });
  expect(votes).toEqual([3, 3]);
});

test('options that cannot be are refused with a sentence', async ({ digits }) => {
  const { page } = digits;
  digits.tolerated.console.push(/404/);
  await prepare(page);
  await page.goto('./examples/embed.html');
  const messages = await page.evaluate(async () => {
    const library = '../lib/digits.js';
    const { createSimulation: create } = (await import(new URL(library, location.href).href)) as Library;
    const model = '../models/accurate.ktx2';
    const wrong = [
      { model, columns: 0 },
      { model, seed: -1 },
      { model, settings: { dropout: 7 } },
      { model: '../models/nobody.ktx2' },
      { model: new Uint8Array([1, 2, 3]) },
    ];
    const tries = wrong.map((options) => create(document.createElement('canvas'), options));
    const settled = await Promise.allSettled(tries);
    return settled.map((one) => (one.status === 'rejected' ? String(one.reason) : 'accepted'));
  });
  expect(messages[0]).toMatch(/"columns"/);
  expect(messages[1]).toMatch(/seed/);
  expect(messages[2]).toMatch(/"dropout"/);
  expect(messages[3]).toMatch(/nobody.*404/);
  expect(messages[4]).toMatch(/ModelError/);
});

test('in a pixi scene the digits turn and classify themselves; disposed, they leave the renderer as it was', async ({
  digits,
}) => {
  const { page } = digits;
  await prepare(page);
  await page.goto('./examples/pixi.html');
  await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
  // Most of the scene is the digits' white paper.
  const picture = await page.locator('canvas').screenshot();
  const whiteShare = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    let white = 0;
    for (let at = 0; at < data.length; at += 4) white += Number(data[at] + data[at + 1] + data[at + 2] === 765);
    return white / (bitmap.width * bitmap.height);
  }, picture.toString('base64'));
  expect(whiteShare).toBeGreaterThan(0.3);
  const result = await page.evaluate(async () => {
    const { digits: simulation, measuring, liveObjects } = window as unknown as ExampleWindow;
    clearInterval(measuring);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = liveObjects();
    simulation.dispose();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const gl = document.querySelector('canvas')?.getContext('webgl2');
    return {
      bytes: simulation.info.textureBytes,
      freed: before - liveObjects(),
      isLost: gl?.isContextLost(),
      error: gl?.getError(),
    };
  });
  expect(result).toMatchObject({ bytes: 0, isLost: false, error: 0 });
  expect(result.freed).toBeGreaterThan(20);
});

test('damage through the library is undone, as paint is', async ({ digits }) => {
  const { page } = digits;
  await prepare(page);
  await page.goto('./examples/embed.html');
  await expect(page.locator('#votes')).toHaveText('3 3 3 3 3 3 3 3');
  const { before, damaged, after } = await page.evaluate(async () => {
    const { simulation } = window as unknown as ExampleWindow;
    simulation.pause();
    const liveState = async () => [...(await simulation.readState()).data].filter((value) => value !== 0).length;
    const before = await liveState();
    simulation.damage([{ x: 14, y: 14 }], 12);
    const damaged = await liveState();
    simulation.undo();
    return { before, damaged, after: await liveState() };
  });
  expect(damaged).toBeLessThan(before);
  expect(after).toBe(before);
});
