/** `window.nca` and the query string, as scripts and exhibitions rely on them. */
import { expect, SMALL, test } from './fixtures.ts';

test('the interface is there from the first script on, and calls made early are done in order', async ({ digits }) => {
  await digits.page.goto(`./${SMALL}`);
  await digits.page.waitForFunction(() => 'nca' in window);
  const steps = await digits.page.evaluate(async () => {
    const { nca } = window;
    const calls = [nca.step(2), nca.info(), nca.step(3), nca.info()] as const;
    const [, first, , second] = await Promise.all(calls);
    return [first.step, second.step];
  });
  expect(steps).toEqual([2, 5]);
});

test('info tells the canvas, the model and the renderer', async ({ digits }) => {
  await digits.open();
  const info = await digits.info();
  expect(info).toMatchObject({
    model: 'three',
    width: 96,
    height: 64,
    tile: 32,
    columns: 3,
    rows: 2,
    channels: 12,
    step: 0,
    seed: 5,
  });
  expect(info.liveCells).toBeGreaterThan(0);
  expect(info.renderer).not.toBe('');
  expect(info.strategy).not.toBe('');
});

test('digits are put into tiles in reading order, centred, with their labels', async ({ digits }) => {
  await digits.open();
  const result = await digits.page.evaluate(async () => {
    const { nca } = window;
    await nca.setCanvas({ columns: 3, rows: 2, tile: 30 });
    const images = new Uint8Array(2 * 784);
    for (let row = 10; row < 18; row += 1) images.fill(255, row * 28 + 12, row * 28 + 16);
    for (let row = 8; row < 20; row += 1) images.fill(255, 784 + row * 28 + 5, 784 + row * 28 + 9);
    await nca.setDigits(images, [3, 4]);
    await nca.step(20);
    const { digits: read, majorityAccuracy, inkCells } = await nca.stats();
    const { width, data } = await nca.readLabels();
    return { read, majorityAccuracy, inkCells, first: data[11 * width + 13], none: data[0] };
  });
  expect(result.inkCells).toBe(32 + 48);
  expect(result.read.map(({ column, row, label, vote }) => [column, row, label, vote])).toEqual([
    [0, 0, 3, 3],
    [1, 0, 4, 3],
  ]);
  expect(result.majorityAccuracy).toBe(0.5);
  expect(result.first).toBe(3);
  expect(result.none).toBe(-1);
});

test('the state is read in the order of rows, columns and channels, with the ink in its channel', async ({
  digits,
}) => {
  await digits.open();
  const result = await digits.page.evaluate(async () => {
    const { nca } = window;
    await nca.setCanvas({ columns: 1, rows: 1, tile: 28 });
    await nca.paint([{ x: 10.5, y: 20.5 }], { radius: 2 });
    await nca.step(10);
    const { width, height, channels, data } = await nca.readState();
    const at = (x: number, y: number, channel: number) => data[(y * width + x) * channels + channel] ?? Number.NaN;
    return {
      shape: [width, height, channels, data.length],
      ink: at(10, 20, 0),
      three: at(10, 20, 5),
      off: at(20, 10, 5),
    };
  });
  expect(result.shape).toEqual([28, 28, 12, 28 * 28 * 12]);
  expect(result.ink).toBe(1);
  expect(result.three).toBeGreaterThan(0);
  expect(result.off).toBe(0);
});

test('reset clears the state, keeps the ink and starts the random numbers again: the same picture, bit for bit', async ({
  digits,
}) => {
  await digits.open();
  const same = await digits.page.evaluate(async () => {
    const { nca } = window;
    const run = async (): Promise<string> => {
      await nca.reset({ seed: 77 });
      await nca.step(7);
      return JSON.stringify([...(await nca.readState()).data]);
    };
    const first = await run();
    const again = await run();
    await nca.reset({ seed: 78 });
    await nca.step(7);
    const other = JSON.stringify([...(await nca.readState()).data]);
    return { again: first === again, other: first === other, info: await nca.info() };
  });
  expect(same.again).toBe(true);
  expect(same.other).toBe(false);
  expect(same.info).toMatchObject({ seed: 78, step: 7 });
});

test('another model, by name or by bytes, goes on with the same ink', async ({ digits }) => {
  await digits.open();
  const { liveCells } = await digits.info();
  await digits.page.evaluate(() => window.nca.useModel('seven'));
  await digits.step(10);
  expect((await digits.stats()).digits.every(({ vote }) => vote === 7)).toBe(true);
  await digits.page.evaluate(async () => {
    const file = await (await fetch('models/three.ktx2')).arrayBuffer();
    await window.nca.useModel(new Uint8Array(file));
  });
  expect(await digits.info()).toMatchObject({ model: 'three', liveCells });
});

test('every call that cannot be done rejects with a sentence, and the page goes on', async ({ digits }) => {
  await digits.open();
  const messages = await digits.page.evaluate(async () => {
    const { nca } = window;
    const bad = (value: unknown): never => value as never;
    const calls = [
      nca.set({ dropout: 2 }),
      nca.set(bad({ nonsense: 1 })),
      nca.step(-1),
      nca.useModel('nobody'),
      nca.useModel(new Uint8Array([1, 2, 3])),
      nca.setCanvas({ columns: 0, rows: 1, tile: 28 }),
      nca.setDigits(new Uint8Array(784 * 100)),
      nca.setDigits(new Uint8Array(784), [99]),
      nca.paint(bad('here')),
      nca.reset({ seed: 0.5 }),
    ];
    const settled = await Promise.allSettled(calls);
    return settled.map((one) =>
      one.status === 'rejected' && one.reason instanceof Error ? one.reason.message : 'accepted',
    );
  });
  expect(messages[0]).toMatch(/"dropout".*0 to 0.95/);
  expect(messages[1]).toMatch(/"nonsense"/);
  expect(messages[2]).toMatch(/steps/);
  expect(messages[3]).toMatch(/"nobody".*three, seven/);
  for (const message of messages) expect(message).not.toBe('accepted');
  await digits.step(1);
  expect(await digits.info()).toMatchObject({ model: 'three', columns: 3, rows: 2, step: 1 });
});

test('the address sets what it names, clamps what is too large and says so', async ({ digits }) => {
  await digits.open(
    '?columns=2&rows=1&tile=28&seed=9&paused=1&dropout=0.25&rate=99999&palette=safe&view=ink&model=seven&colour=red',
  );
  expect(await digits.info()).toMatchObject({ model: 'seven', columns: 2, rows: 1, tile: 28, seed: 9, step: 0 });
  expect(await digits.get()).toMatchObject({
    dropout: 0.25,
    stepsPerSecond: 1000,
    palette: 'safe',
    view: 'ink',
    paused: true,
  });
  await expect(digits.notices()).toHaveText([/rate to 99999; using the nearest allowed value, 1000/, /“colour”/]);
  await digits.page.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(digits.notices()).toHaveCount(1);
});

test('the same address gives the same picture', async ({ digits }) => {
  const digest = async (): Promise<string> => {
    await digits.open();
    await digits.step(5);
    return digits.page.evaluate(async () => JSON.stringify([...(await window.nca.readState()).data]));
  };
  expect(await digest()).toBe(await digest());
});
