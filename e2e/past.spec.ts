/** Back through the last steps, and forward again: the same numbers, and what a person sees of it. */
import { type DigitsPage, expect as expectPage, test as pageTest } from './fixtures.ts';
import { expect, test } from './workbench.ts';

for (const { title, specification, size, runs, visits } of [
  {
    title: 'with a halo of cells without ink',
    specification: 'narrow',
    size: 32,
    runs: [7, 6, 8, 3, 9],
    visits: [13, 33, 7, 24, 21, 24, 33],
  },
  {
    title: 'across the size at which the slots’ textures become wider',
    specification: 'tiny',
    size: 250,
    runs: [2, 2, 2, 1, 1],
    visits: [4, 7],
  },
]) {
  test(`the last steps come back bit for bit ${title}`, async ({ workbench }) => {
    const result = await workbench.evaluate(
      async (given) => {
        const { Simulation, SPECIFICATIONS, randomModel, openDevice, blots } = window.engine;
        const device = openDevice();
        const simulation = await Simulation.create(device, {
          model: randomModel(SPECIFICATIONS[given.specification], 1),
          layout: { columns: 1, rows: 1, tile: given.size },
          seed: 7,
          strategy: 'texture',
        });
        simulation.time.dropout = 0.5;
        simulation.time.keepsPast = true;
        const whole = { x: 0, y: 0, width: given.size, height: given.size };
        simulation.edits.apply({
          kind: 'stamp',
          ink: blots(given.size, 3),
          rectangle: whole,
          options: { combine: 'replace', keepState: false },
        });
        const digest = async (): Promise<string> => {
          const [{ data }, labels] = [
            await simulation.measurement.readState(),
            await simulation.measurement.readLabels(),
          ];
          let hash = 0;
          for (const word of new Uint32Array(data.buffer)) hash = (Math.imul(hash, 31) + word) | 0;
          for (const label of labels.data) hash = (Math.imul(hash, 31) + label) | 0;
          return `${simulation.time.step} ${simulation.canvas.liveCells} ${hash} ${simulation.textures.slotShift}`;
        };
        const seen = new Map<number, string>();
        const run = async (steps: number): Promise<void> => {
          // What is changed before a step belongs to it.
          seen.set(simulation.time.step, await digest());
          simulation.time.advance(steps);
          seen.set(simulation.time.step, await digest());
        };
        await run(given.runs[0]);
        // A stroke while it runs, one that is undone, and much more ink than before.
        simulation.edits.begin();
        simulation.edits.apply({
          kind: 'paint',
          points: [
            { x: 5, y: 5 },
            { x: 30, y: 20 },
          ],
          brush: { radius: 2 },
        });
        const stroke = simulation.edits.end();
        await run(given.runs[1]);
        if (stroke) simulation.edits.revert(stroke);
        await run(given.runs[2]);
        const all = new Uint8Array(given.size * given.size).fill(255);
        simulation.edits.apply({
          kind: 'stamp',
          ink: all,
          rectangle: whole,
          options: { combine: 'max', keepState: true },
        });
        simulation.edits.apply({ kind: 'damage', points: [{ x: 10, y: 10 }], radius: 5 });
        await run(given.runs[3]);
        simulation.time.dropout = 0.25;
        await run(given.runs[4]);
        const missed: string[] = [];
        for (const step of given.visits) {
          simulation.time.goTo(step);
          const now = await digest();
          if (now !== seen.get(step)) missed.push(`${step}: ${now} instead of ${seen.get(step)}`);
        }
        const range = [simulation.time.earliest, simulation.time.latest];
        // On from the past: the later steps are forgotten.
        simulation.time.goTo(given.visits[0]);
        simulation.time.advance(1);
        range.push(simulation.time.latest);
        simulation.dispose();
        device.dispose();
        return {
          missed,
          range,
          shifts: new Set([...seen.values()].map((one) => one.slice(-2))).size,
          left: device.objectCount,
        };
      },
      { specification, size, runs, visits },
    );
    expect(result).toEqual({
      missed: [],
      range: [0, runs.reduce((sum, steps) => sum + steps), visits[0] + 1],
      shifts: size > 200 ? 2 : 1,
      left: 0,
    });
  });
}

/** All that decides how the canvas goes on. */
async function digest(digits: DigitsPage): Promise<string> {
  return digits.page.evaluate(async () => {
    const { data } = await window.nca.readState();
    let hash = 0;
    for (const word of new Uint32Array(data.buffer)) hash = (Math.imul(hash, 31) + word) | 0;
    return `${(await window.nca.info()).step} ${hash}`;
  });
}

pageTest(
  'the slider and its keys go back and forward through the last steps, with what was painted',
  async ({ digits }) => {
    await digits.open('?columns=3&rows=2&seed=5&paused=1&strategy=texture');
    const { page } = digits;
    const slider = page.getByRole('slider', { name: 'Back in time' });
    await expectPage(slider).toBeDisabled();
    await digits.step(30);
    const before = await digest(digits);
    const picture = await digits.picture();
    await page.evaluate(() => window.nca.paint([{ x: 48, y: 30 }], { radius: 5 }));
    await digits.step(50);
    const last = await digest(digits);

    await slider.fill('-51');
    await expectPage(slider).toHaveAttribute('aria-valuetext', 'step −51');
    await expectPage(page.locator('#past-reading')).toHaveText('−51');
    await page.locator('#canvas').focus();
    await page.keyboard.press('.');
    // Where the stroke begins it is there already, to be undone; one step before it is not.
    await expectPage(page.locator('#past-reading')).toHaveText('−50');
    await expectPage(page.locator('#undo')).toBeEnabled();
    await page.keyboard.press(',');
    await page.keyboard.press(',');
    expectPage((await digits.info()).step).toBe(28);
    await slider.fill('0');
    await expectPage.poll(() => digest(digits)).toBe(last);

    // On from before the stroke: it has never been.
    await slider.fill('-51');
    await digits.step(1);
    expectPage(await digest(digits)).toBe(before);
    expectPage(await digits.picture()).toBe(picture);
    await expectPage(page.locator('#past-reading')).toHaveText('');
    await digits.page.evaluate(() => window.nca.play());
    await expectPage.poll(async () => (await digits.info()).step).toBeGreaterThan(31);
    await page.keyboard.press(',');
    await expectPage(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await expectPage(page.locator('#past-reading')).toHaveText('−1');
  },
);
