/** Scenes saved to files and loaded from them, as a visitor does it and as scripts do. */
import { readFile } from 'node:fs/promises';
import { expect, type DigitsPage, test } from './fixtures.ts';

// Software rendering on a busy machine takes its time.
test.slow();
test.use({ viewport: { width: 640, height: 480 } });

/** Digest of the whole state. */
function digest({ page }: DigitsPage): Promise<string> {
  return page.evaluate(async () => {
    const { data } = await window.nca.readState();
    return new Uint8Array(await crypto.subtle.digest('SHA-256', new Float32Array(data))).join(' ');
  });
}

test('a scene saved with Ctrl S and loaded into a fresh page goes on bit for bit, edits included', async ({
  digits,
}, testInfo) => {
  const { page } = digits;
  await digits.open('?columns=2&rows=2&tile=28&seed=9&paused=1');
  await digits.set({ dropout: 0.25, noise: 0.01, palette: 'safe', view: 'confidence', brushRadius: 2.5 });
  await digits.step(20);
  await page.evaluate(() =>
    window.nca.paint(
      [
        { x: 5, y: 5 },
        { x: 50, y: 50 },
      ],
      {},
    ),
  );
  await digits.step(3);
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = testInfo.outputPath('scene.nca');
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('three-23.nca');
  await saved.saveAs(file);
  await expect(digits.notices()).toContainText('The scene was saved as a file');
  const goOn = async (on: DigitsPage): Promise<string[]> => {
    await on.step(25);
    await on.page.evaluate(() =>
      window.nca.paint(
        [
          { x: 30, y: 2 },
          { x: 40, y: 70 },
        ],
        { radius: 2 },
      ),
    );
    await on.step(25);
    return [await digest(on), JSON.stringify(await on.stats())];
  };
  const expected = await goOn(digits);
  const values = await digits.get();

  // Waited for from before the page is there: the browser takes a moment until it tells of choosers.
  const chooser = page.waitForEvent('filechooser');
  await digits.open('?columns=2&rows=2&tile=40&seed=1&model=seven&paused=1');
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles(file);
  await expect(digits.notices()).toContainText('The scene was loaded.');
  expect(await digits.info()).toMatchObject({ columns: 2, rows: 2, tile: 28, seed: 9, step: 23, model: 'three' });
  expect(await goOn(digits)).toEqual(expected);
  expect({ ...(await digits.get()), strategy: '' }).toEqual({ ...values, strategy: '' });

  const bytes = [...(await readFile(file))];
  const refused = await page.evaluate(async (given) => {
    const tries = [given.slice(0, -9), given.with(8, 7), [1, 2, 3], given.with(Math.floor(given.length / 2), 0)];
    const before = JSON.stringify(await window.nca.info());
    const reasons: string[] = [];
    for (const one of tries) {
      reasons.push(
        await window.nca.loadScene(Uint8Array.from(one)).then(String, (error: unknown) => (error as Error).message),
      );
    }
    return { reasons, unchanged: before === JSON.stringify(await window.nca.info()) };
  }, bytes);
  expect(refused.unchanged).toBe(true);
  expect(refused.reasons[0]).toMatch(/damaged or cut off/);
  expect(refused.reasons[1]).toMatch(/newer version/);
  expect(refused.reasons[2]).toBe('This is not a scene file.');
  expect(refused.reasons[3]).toMatch(/damaged/);
});

test('a scene file that is dropped is loaded; a broken one is refused by name and reason and changes nothing', async ({
  digits,
}) => {
  const { page } = digits;
  await digits.open('?columns=2&rows=1&tile=28&seed=5&paused=1');
  await digits.step(4);
  const before = await digest(digits);
  const bytes = await page.evaluate(async () => [...(await window.nca.saveScene())]);
  await page.evaluate(() => window.nca.setCanvas({ columns: 2, rows: 2, tile: 30 }));
  const drop = (given: number[]): Promise<void> =>
    page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], 'my scene.nca'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, given);
  await drop(bytes.slice(0, 200));
  await expect(digits.notices()).toContainText('“my scene.nca”');
  await expect(digits.notices()).toContainText('damaged or cut off');
  expect(await digits.info()).toMatchObject({ columns: 2, tile: 30 });
  await drop(bytes);
  await expect(digits.notices().last()).toContainText('The scene was loaded.');
  expect(await digits.info()).toMatchObject({ columns: 2, rows: 1, tile: 28, step: 4 });
  expect(await digest(digits)).toBe(before);
});
