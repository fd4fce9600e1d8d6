/** Two models on the same strokes: two pictures, one ink, and nothing left behind. */
import { expect, test } from './fixtures.ts';

const THREE = [210, 245, 60];
const SEVEN = [165, 163, 159];
const WHITE = [255, 255, 255];

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
  const point = (x: number, y: number, pane: number) =>
    digits.page.evaluate(
      ([cellX, cellY, index]) => {
        const bar = document.querySelectorAll('.pane-bar')[index].getBoundingClientRect();
        const stage = document.getElementById('stage')?.getBoundingClientRect();
        const height = stage?.height ?? 0;
        const scale = Math.min(bar.width / 96, height / 64);
        return {
          x: bar.x + (bar.width - 96 * scale) / 2 + cellX * scale,
          y: (height - 64 * scale) / 2 + cellY * scale,
        };
      },
      [x, y, pane] as const,
    );
  // Drawn in the second picture, it is there in both.
  await digits.set({ brushRadius: 4 });
  const [from, to] = [await point(16, 10, 1), await point(16, 24, 1)];
  await digits.page.mouse.move(from.x, from.y);
  await digits.page.mouse.down();
  await digits.page.mouse.move(to.x, to.y, { steps: 3 });
  await digits.page.mouse.up();
  await digits.step(12);
  const colorIn = async (x: number, y: number, pane: number): Promise<number[]> => {
    const at = await point(x, y, pane);
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
  };
  expect(await colorIn(16, 17, 0)).toEqual(THREE);
  expect(await colorIn(16, 17, 1)).toEqual(SEVEN);
  await digits.page.keyboard.press('Control+z');
  expect(await colorIn(16, 17, 1)).toEqual(WHITE);

  await digits.page.getByRole('button', { name: 'One model again' }).click();
  await expect(digits.page.getByLabel('Model of picture 2')).toBeHidden();
  // What is kept of the last steps goes with them.
  await digits.page.evaluate(() => window.nca.reset());
  await digits.drawn();
  expect(await liveObjects()).toEqual(before);
});
