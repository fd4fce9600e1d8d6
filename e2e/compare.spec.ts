/** Two models on the same strokes: two pictures, one ink, and nothing left behind. */
import { loseContext, prepareTrial } from './context-trial.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { madeUpModel } from './made-up-model.ts';

const THREE = [210, 245, 60];
const SEVEN = [165, 163, 159];
const WHITE = [255, 255, 255];

const FIVE = [170, 110, 40];

/** Where a cell of a canvas of 96 × 64 cells lies on the screen in one of the two pictures. */
function pointIn(digits: DigitsPage, x: number, y: number, pane: number): Promise<{ x: number; y: number }> {
  return digits.page.evaluate(
    ([cellX, cellY, index]) => {
      const bar = document.querySelectorAll('.pane-bar')[index].getBoundingClientRect();
      const height = document.getElementById('stage')?.getBoundingClientRect().height ?? 0;
      const scale = Math.min(bar.width / 96, height / 64);
      return {
        x: bar.x + (bar.width - 96 * scale) / 2 + cellX * scale,
        y: (height - 64 * scale) / 2 + cellY * scale,
      };
    },
    [x, y, pane] as const,
  );
}

/** The colour that one of the two pictures shows of a cell. */
async function colorIn(digits: DigitsPage, x: number, y: number, pane: number): Promise<number[]> {
  const at = await pointIn(digits, x, y, pane);
  await digits.drawn();
  const picture = await digits.page.screenshot({
    clip: { x: Math.floor(at.x), y: Math.floor(at.y), width: 1, height: 1 },
  });
  return digits.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, picture.toString('base64'));
}

test('two models show what each reads in the same stroke, and the second leaves nothing on the GPU', async ({
  digits,
}) => {
  test.setTimeout(120_000);
  await digits.page.addInitScript(() => {
    const counts = { Texture: 0, Framebuffer: 0, Program: 0 };
    const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
    for (const kind of ['Texture', 'Framebuffer', 'Program'] as const) {
      const create = prototype[`create${kind}`];
      const remove = prototype[`delete${kind}`];
      prototype[`create${kind}`] = function (...given) {
        counts[kind] += 1;
        return create.apply(this, given);
      };
      prototype[`delete${kind}`] = function (...given) {
        if (given[0] !== null) counts[kind] -= 1;
        return remove.apply(this, given);
      };
    }
    Object.assign(window, { liveObjects: counts });
  });
  await digits.open(`?columns=3&rows=2&tile=32&seed=5&paused=1&strategy=texture`);
  const liveObjects = (): Promise<unknown> =>
    digits.page.evaluate(() => ({ ...(window as unknown as { liveObjects: object }).liveObjects }));
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 3, rows: 2, tile: 32 }));
  // What undo keeps of the first picture is there from its first stroke on.
  await digits.page.evaluate(() => window.nca.paint([{ x: 80, y: 50 }], { radius: 3 }));
  await digits.step(1);
  await digits.page.evaluate(() => window.nca.paint([{ x: 80, y: 50 }], { radius: 4, erase: true }));
  await digits.step(1);
  const before = await liveObjects();

  await digits.page.keyboard.press('k');
  await expect(digits.page.getByLabel('Model of picture 2')).toHaveValue('seven');
  // Drawn in the second picture, it is there in both.
  await digits.set({ brushRadius: 4 });
  const [from, to] = [await pointIn(digits, 16, 10, 1), await pointIn(digits, 16, 24, 1)];
  await digits.page.mouse.move(from.x, from.y);
  await digits.page.mouse.down();
  await digits.page.mouse.move(to.x, to.y, { steps: 3 });
  await digits.page.mouse.up();
  await digits.step(12);
  expect(await colorIn(digits, 16, 17, 0)).toEqual(THREE);
  expect(await colorIn(digits, 16, 17, 1)).toEqual(SEVEN);
  await digits.page.keyboard.press('Control+z');
  expect(await colorIn(digits, 16, 17, 1)).toEqual(WHITE);

  await digits.page.getByRole('button', { name: 'Back to one model' }).click();
  await expect(digits.page.getByLabel('Model of picture 2')).toBeHidden();
  // What is kept of the last steps goes with them.
  await digits.page.evaluate(() => window.nca.reset());
  await digits.drawn();
  expect(await liveObjects()).toEqual(before);
});

test('a model that is dropped on one of two pictures runs in that one', async ({ digits }) => {
  const { page } = digits;
  await digits.open('?columns=3&rows=2&tile=32&seed=5&paused=1&strategy=texture');
  await page.keyboard.press('k');
  await expect(page.getByLabel('Model of picture 2')).toHaveValue('seven');
  await page.evaluate(() => window.nca.paint([{ x: 48, y: 16 }], { radius: 6 }));
  const drop = async (name: string, bytes: Buffer): Promise<void> => {
    const { x, y } = await pointIn(digits, 48, 16, 1);
    await page.evaluate(
      ({ fileName, base64, clientX, clientY }) => {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content], fileName));
        const options = { dataTransfer, bubbles: true, cancelable: true, clientX, clientY };
        for (const type of ['dragover', 'drop']) {
          document.elementFromPoint(clientX, clientY)?.dispatchEvent(new DragEvent(type, options));
        }
      },
      { fileName: name, base64: bytes.toString('base64'), clientX: x, clientY: y },
    );
  };
  const file = madeUpModel('five', 5);
  await drop('five.ktx2', file);
  await expect(page.getByLabel('Model of picture 2')).toHaveValue('five');
  expect((await digits.info()).model).toBe('three');
  await digits.step(12);
  expect(await colorIn(digits, 48, 16, 0)).toEqual(THREE);
  expect(await colorIn(digits, 48, 16, 1)).toEqual(FIVE);
  // What cannot be used changes nothing.
  await drop('cut.ktx2', file.subarray(0, 300));
  await expect(digits.notices().filter({ hasText: 'Could not open “cut.ktx2”' })).toBeVisible();
  await expect(page.getByLabel('Model of picture 2')).toHaveValue('five');
});

test('a lost context takes neither of two models away', async ({ digits }) => {
  const { page } = digits;
  digits.tolerated.console.push(/CONTEXT_LOST_WEBGL|context lost/i);
  await prepareTrial(page);
  await digits.open('?columns=3&rows=2&tile=32&seed=5&paused=1&strategy=texture');
  await page.keyboard.press('k');
  await expect(page.getByLabel('Model of picture 2')).toHaveValue('seven');
  await page.evaluate(() => window.nca.paint([{ x: 48, y: 16 }], { radius: 6 }));
  await loseContext(page, 50);
  await expect(digits.notices().filter({ hasText: 'is back' })).toBeVisible();
  await expect(page.getByLabel('Model of picture 2')).toHaveValue('seven');
  await digits.step(12);
  await expect.poll(() => colorIn(digits, 48, 16, 0)).toEqual(THREE);
  await expect.poll(() => colorIn(digits, 48, 16, 1)).toEqual(SEVEN);
});
