/** A recorded session ends with the same state wherever and however it is played. */
import { readFile } from 'node:fs/promises';
import { expect, type DigitsPage, test } from './fixtures.ts';
import { hurryAndDawdle } from '../engine/cli/random-frames.ts';
import { runSession } from './replay-session.ts';

test.slow();
test.use({ viewport: { width: 640, height: 480 } });

function play({ page }: DigitsPage, bytes: readonly number[], fast: boolean) {
  return page.evaluate(([given, isFast]) => window.nca.playReplay(Uint8Array.from(given), { fast: isFast }), [
    bytes,
    fast,
  ] as const);
}

test('a session of strokes, undo, other models and canvases plays back bit for bit at any pace', async ({
  digits,
}, testInfo) => {
  const { page } = digits;
  await digits.open('?columns=3&rows=2&tile=28&seed=9&rate=60');
  await runSession(page, 'seven');
  const download = page.waitForEvent('download');
  await page.locator('#open-menu').click();
  await page.locator('#save-replay').click();
  const file = testInfo.outputPath('session.replay.json');
  await (await download).saveAs(file);
  await expect(digits.notices()).toContainText(['saved as a file']);
  const bytes = [...(await readFile(file))];
  expect(bytes.length).toBeLessThan(60_000);

  // On another canvas of another window, as fast as it goes.
  await page.setViewportSize({ width: 900, height: 350 });
  await digits.open('?columns=1&rows=1&tile=40&seed=1&model=seven&paused=1');
  const fast = await play(digits, bytes, true);
  expect(fast).toMatchObject({ same: true });

  // By frames that come when they like, as the address asks for.
  await page.route('**/session.replay.json', (route) => route.fulfill({ body: Buffer.from(bytes) }));
  await page.addInitScript(hurryAndDawdle, 4);
  await page.goto('./?replay=session.replay.json&rate=600');
  await page.evaluate(() => window.nca.ready);
  await expect(digits.notices()).toContainText(['exactly the recorded state, bit for bit']);

  // And the record of what was played ends the same as well.
  const again = await page.evaluate(async () => [...(await window.nca.saveReplay())]);
  expect(await play(digits, again, true)).toMatchObject({ same: true, digest: fast.digest });
});

test('whoever draws takes a replay over; a broken or foreign one is refused and changes nothing', async ({
  digits,
}) => {
  const { page } = digits;
  await digits.open('?columns=2&rows=2&tile=28&seed=3&paused=1');
  await digits.step(300);
  const bytes = await page.evaluate(async () => [...(await window.nca.saveReplay())]);
  const drop = (given: readonly number[]): Promise<void> =>
    page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], 'a.replay.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, given);
  await drop(bytes.slice(0, -40));
  await expect(digits.notices()).toContainText(['“a.replay.json”']);
  expect((await digits.info()).step).toBe(300);

  await drop(bytes);
  await expect(digits.notices()).toContainText(['Playing a replay of 300 steps']);
  // Below the notices, which take what is meant for the canvas under them.
  await digits.stroke([10, 34], [20, 42]);
  await expect(digits.notices()).toContainText(['you have changed the canvas']);

  await page.goto(`./?replay=${encodeURIComponent('https://example.org/a.replay.json')}&columns=2&rows=1&paused=1`);
  await page.evaluate(() => window.nca.ready);
  await expect(digits.notices()).toContainText(['A link can only open replays on this site']);
  expect((await digits.stats()).inkCells).toBeGreaterThan(0);
});

test('a replay that ends with another state says so', async ({ digits }) => {
  const { page } = digits;
  await digits.open('?columns=1&rows=1&tile=28&seed=3&paused=1');
  await digits.step(5);
  const text = await page.evaluate(async () => new TextDecoder().decode(await window.nca.saveReplay()));
  const replay = JSON.parse(text) as { events: { do: string; after: number }[]; end: { after: number } };
  replay.end.after += 1;
  const result = await play(digits, [...Buffer.from(JSON.stringify(replay))], true);
  expect(result).toMatchObject({ same: false, steps: 6 });
});
