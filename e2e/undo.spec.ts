/** Undo and redo bring ink and state back, bit for bit. */
import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ digits }) => {
  await digits.open('?columns=3&rows=2&tile=28&seed=5&paused=1&strategy=texture');
  await digits.page.evaluate(() => {
    /** Digest of the whole state, and of the classes that the tiles were given. */
    const look = async (): Promise<string> => {
      const { data } = await window.nca.readState();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Float32Array(data)));
      const { digits: tiles } = await window.nca.stats();
      return `${digest.join(' ')} ${tiles.map(({ label }) => label).join(' ')}`;
    };
    Object.assign(window, { look });
  });
});

declare global {
  interface Window {
    look: () => Promise<string>;
  }
}

test('the digits that a visitor finds are nothing to undo; those that are asked for are', async ({ digits }) => {
  const undo = digits.page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeDisabled();
  const found = await digits.page.evaluate(() => window.look());
  await digits.page.keyboard.press('n');
  await expect(undo).toBeEnabled();
  await undo.click();
  expect(await digits.page.evaluate(() => window.look())).toBe(found);
  await expect(undo).toBeDisabled();
});

test('every kind of change is taken back and made again exactly', async ({ digits }) => {
  const outcome = await digits.page.evaluate(async () => {
    const { nca, look } = window;
    await nca.step(6);
    const seen = [await look()];
    const image = new Uint8Array(784).fill(200, 200, 500);
    const changes = [
      () =>
        nca.paint(
          [
            { x: 3, y: 3 },
            { x: 60, y: 40 },
          ],
          { radius: 2 },
        ),
      () =>
        nca.paint(
          [
            { x: 40, y: 14 },
            { x: 45, y: 50 },
          ],
          { radius: 3, erase: true },
        ),
      () => nca.setDigits(image, [4]),
      () => nca.paint([{ x: 10, y: 10 }], { radius: 8 }),
    ];
    for (const change of changes) {
      await change();
      seen.push(await look());
    }
    const back = [];
    for (let index = 0; index < changes.length; index += 1) {
      await nca.undo();
      back.push(await look());
    }
    const again = [];
    for (let index = 0; index < changes.length; index += 1) {
      await nca.redo();
      again.push(await look());
    }
    return { seen, back, again };
  });
  expect(new Set(outcome.seen).size).toBe(5);
  expect(outcome.back).toEqual(outcome.seen.slice(0, 4).reverse());
  expect(outcome.again).toEqual(outcome.seen.slice(1));
});

test('damage, stamps, clearing and new digits by hand are taken back with the state under them', async ({ digits }) => {
  await digits.step(6);
  const seen = [await digits.page.evaluate(() => window.look())];
  /** New digits are drawn over some frames: looks until something has changed, and nothing does any more. */
  const look = async (): Promise<void> => {
    let last = seen[seen.length - 1];
    await expect
      .poll(async () => {
        const before = last;
        last = await digits.page.evaluate(() => window.look());
        return last === before && last !== seen[seen.length - 1];
      })
      .toBe(true);
    seen.push(last);
  };
  await digits.page.keyboard.press('d');
  await digits.stroke([4, 14], [24, 14]);
  await look();
  await digits.page.keyboard.press('7');
  await look();
  await digits.page.keyboard.press('n');
  await look();
  await digits.page.keyboard.press('c');
  await look();
  expect(new Set(seen).size).toBe(5);
  for (let index = 3; index >= 0; index -= 1) {
    await digits.page.getByRole('button', { name: 'Undo' }).click();
    expect(await digits.page.evaluate(() => window.look())).toBe(seen[index]);
  }
  await digits.page.keyboard.press('Control+Shift+z');
  expect(await digits.page.evaluate(() => window.look())).toBe(seen[1]);
});

test('after steps, the cells under a stroke have the state of just before it, and the others go on', async ({
  digits,
}) => {
  const { same, others } = await digits.page.evaluate(async () => {
    const { nca } = window;
    await nca.step(8);
    const before = await nca.readState();
    // All that is left of column 20 loses its ink.
    for (let x = 2; x < 16; x += 4)
      await nca.paint(
        [
          { x, y: -4 },
          { x, y: 60 },
        ],
        { radius: 6, erase: true },
      );
    await nca.step(5);
    for (let stroke = 0; stroke < 4; stroke += 1) await nca.undo();
    const after = await nca.readState();
    const differs = (low: number, high: number): number => {
      let count = 0;
      before.data.forEach((value, index) => {
        const x = Math.floor(index / before.channels) % before.width;
        if (x >= low && x < high && after.data[index] !== value) count += 1;
      });
      return count;
    };
    return { same: differs(0, 14), others: differs(28, before.width) };
  });
  expect(same).toBe(0);
  expect(others).toBeGreaterThan(0);
});

test('a hundred strokes are undone one by one to the state of the beginning', async ({ digits }) => {
  const { first, last } = await digits.page.evaluate(async () => {
    const { nca, look } = window;
    await nca.step(4);
    const before = await look();
    for (let stroke = 0; stroke < 100; stroke += 1) {
      const x = (stroke * 37) % 84;
      const y = (stroke * 23) % 56;
      await nca.paint(
        [
          { x, y },
          { x: 84 - x, y: 56 - y },
        ],
        { radius: 1.5, erase: stroke % 3 === 0 },
      );
    }
    for (let stroke = 0; stroke < 100; stroke += 1) await nca.undo();
    return { first: before, last: await look() };
  });
  expect(last).toBe(first);
});
