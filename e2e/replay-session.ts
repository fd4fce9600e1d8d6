/** A session with everything that a replay has to bring back. */
import type { Page } from '@playwright/test';

/**
 * Works on the running page as visitors and scripts do, while it steps at its own pace.
 * @param otherModel a model of the site that the page does not run at first
 */
export async function runSession(page: Page, otherModel: string): Promise<void> {
  const wait = (milliseconds: number) => page.waitForTimeout(milliseconds);
  const box = await page.locator('#canvas').boundingBox();
  if (!box) throw new Error('The canvas is not shown.');
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  const drag = async (...points: readonly (readonly [number, number])[]): Promise<void> => {
    await page.mouse.move(...at(...points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...at(...point), { steps: 5 });
    await page.mouse.up();
  };
  await drag([0.3, 0.3], [0.4, 0.6], [0.5, 0.4]);
  await page.keyboard.press('7');
  await wait(60);
  await page.keyboard.press('d');
  await drag([0.4, 0.4], [0.6, 0.6]);
  await page.evaluate(() => window.nca.set({ damageMode: 'kill', noise: 0.01, dropout: 0.3, brushRadius: 2.5 }));
  await drag([0.5, 0.4], [0.7, 0.5]);
  await page.keyboard.press('Control+z');
  await wait(40);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('e');
  await drag([0.4, 0.5], [0.6, 0.3]);
  await page.evaluate(async (name) => {
    await window.nca.useModel(name);
    await window.nca.set({ firing: 'cell', dropout: 0.4 });
    await window.nca.paint(
      [
        { x: 3, y: 3 },
        { x: 30.25, y: 33.7, pressure: 0.6 },
      ],
      { radius: 1.7 },
    );
  }, otherModel);
  await wait(80);
  await page.keyboard.press('n');
  await wait(50);
  await page.evaluate(() => window.nca.reset({ seed: 12 }));
  await wait(50);
  await page.evaluate(async () => {
    await window.nca.setCanvas({ columns: 2, rows: 2, tile: 30 });
    const images = Uint8Array.from({ length: 3 * 784 }, (_, index) => (((index % 28) - 14) ** 2 < 30 ? 200 : 0));
    await window.nca.setDigits(images, [1, 7, 1]);
  });
  await wait(60);
  await page.keyboard.press('c');
  await page.keyboard.press('n');
  await drag([0.45, 0.3], [0.55, 0.7]);
  await page.keyboard.press('Control+z');
  await wait(60);
}
