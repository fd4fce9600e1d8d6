/** The lessons, most of them with the model that visitors meet: each shows what its text says. */
import { type DigitsPage, expect, serveMadeUpModels, test } from './fixtures.ts';
import { madeUpModel, madeUpReader } from './made-up-model.ts';

const QUERY = '?columns=2&rows=1&seed=5&paused=1';

test.beforeEach(async ({ digits }) => {
  await digits.page.unrouteAll();
});

/** Opens the lesson of this number, counted from 1, and stops its time, so that steps are run one by one. */
async function showLesson(digits: DigitsPage, number: number): Promise<void> {
  await digits.page.keyboard.press('l');
  for (let press = 1; press < number; press += 1) await digits.page.getByRole('button', { name: 'Next' }).click();
  await expect(digits.page.locator('.lesson-count')).toHaveText(new RegExp(`^${number} of \\d$`));
  await expect(digits.page.locator('.lesson')).toHaveAttribute('aria-busy', 'false');
  await digits.page.evaluate(() => window.nca.pause());
}

async function openLesson(digits: DigitsPage, number: number): Promise<void> {
  await digits.open(QUERY);
  await showLesson(digits, number);
}

test('1: cells of several digits agree, each on its own', async ({ digits }) => {
  await openLesson(digits, 1);
  await digits.step(90);
  const { majorityAccuracy, agreement } = await digits.stats();
  expect(majorityAccuracy).toBe(1);
  expect(agreement).toBeGreaterThan(0.8);
});

test('2: what was wiped heals', async ({ digits }) => {
  await openLesson(digits, 2);
  const { step } = await digits.info();
  await digits.step(50 - step);
  const decided = async (): Promise<number> => {
    const { digits: tiles } = await digits.stats();
    return tiles.reduce((sum, { votes }) => sum + votes.reduce((one, count) => one + count, 0), 0);
  };
  const before = (await digits.stats()).inkCells;
  // The act follows when the page next looks at its step.
  await expect.poll(decided).toBeLessThan(0.8 * before);
  await digits.step(55);
  expect(await decided()).toBe(before);
  expect((await digits.stats()).majorityAccuracy).toBe(1);
});

test('3: one stroke makes an 8 of a 6', async ({ digits }) => {
  await openLesson(digits, 3);
  await digits.step(69 - (await digits.info()).step);
  const [six] = (await digits.stats()).digits;
  expect([six.vote, six.agreement]).toEqual([6, 1]);
  await digits.step(1);
  await expect.poll(async () => (await digits.stats()).inkCells).toBeGreaterThan(six.inkCells);
  await digits.step(70);
  const [eight] = (await digits.stats()).digits;
  expect(eight.vote).toBe(8);
  expect(eight.agreement).toBeGreaterThan(0.95);
});

test('4: half 3, half 8, and the border stays', async ({ digits }) => {
  await openLesson(digits, 4);
  await digits.step(150);
  for (let look = 0; look < 2; look += 1) {
    const [{ votes, inkCells }] = (await digits.stats()).digits;
    expect(votes[3]).toBeGreaterThan(0.2 * inkCells);
    expect(votes[8]).toBeGreaterThan(0.5 * inkCells);
    // A cell or two on the border may be of a third mind for a moment.
    expect(votes[3] + votes[8]).toBeGreaterThan(0.97 * inkCells);
    await digits.step(50);
  }
});

test('5: cut in two, the halves no longer agree', async ({ digits }) => {
  await openLesson(digits, 5);
  await digits.step(59 - (await digits.info()).step);
  const [whole] = (await digits.stats()).digits;
  expect([whole.vote, whole.agreement]).toEqual([8, 1]);
  await digits.step(1);
  await expect.poll(async () => (await digits.stats()).inkCells).toBeLessThan(whole.inkCells);
  await digits.step(10);
  await expect.poll(async () => (await digits.stats()).digits[0].votes[8]).toBeLessThan(0.3 * whole.inkCells);
  await digits.step(90);
  expect((await digits.stats()).digits[0].votes[8]).toBeLessThan(0.9 * whole.inkCells);
});

test('6: a star stays undecided beside a 3 that is read, if the site has a model that has learned that', async ({
  digits,
}) => {
  await serveMadeUpModels(digits.page, {
    three: () => madeUpModel('three', 3),
    pencil: () => madeUpReader('pencil', 3),
  });
  await openLesson(digits, 6);
  await expect(digits.page.locator('.lesson-count')).toHaveText('6 of 7');
  await expect(digits.page.getByRole('heading', { name: 'That is no digit I know' })).toBeFocused();
  expect((await digits.info()).model).toBe('pencil');
  await expect.poll(async () => (await digits.stats()).digits.length).toBe(2);
  await digits.step(110);
  const { digits: tiles } = await digits.stats();
  expect(tiles).toMatchObject([
    { column: 0, label: 3, vote: 3, undecided: 0 },
    { column: 1, label: null, vote: null, undecided: 1 },
  ]);
  const figure = digits.page.locator('.lesson-figure');
  await expect(figure).toHaveText('Undecided: 100% of the cells of the star, 0% of those of the 3.');

  // The other lessons have their model again, and say nothing about undecided cells.
  await digits.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect.poll(async () => (await digits.info()).model).toBe('three');
  await expect(digits.page.locator('.lesson')).toHaveAttribute('aria-busy', 'false');
  await digits.step(5);
  await digits.stats();
  await expect(figure).toHaveText('');
});

test('without such a model, that lesson is not offered', async ({ digits }) => {
  await serveMadeUpModels(digits.page);
  await openLesson(digits, 6);
  await expect(digits.page.locator('.lesson-count')).toHaveText('6 of 6');
  await expect(digits.page.getByRole('heading', { name: 'What learning is' })).toBeFocused();
  await expect(digits.page.getByRole('button', { name: 'Next' })).toBeDisabled();
});

test('who leaves the lessons finds ink, cells and view as they were', async ({ digits }) => {
  // So few steps are quicker than compiling a program that makes them quickly.
  await digits.open(`${QUERY}&strategy=texture`);
  await digits.step(20);
  await digits.page.keyboard.press('+');
  const look = () =>
    digits.page.evaluate(async () => {
      const { data } = await window.nca.readState();
      let hash = 0;
      for (const word of new Uint32Array(data.buffer)) hash = (Math.imul(hash, 31) + word) | 0;
      return `${(await window.nca.info()).step} ${hash}`;
    });
  const [state, picture] = [await look(), await digits.picture()];
  await showLesson(digits, 1);
  await digits.step(5);
  await digits.page.getByRole('button', { name: 'Back to my canvas' }).click();
  await expect.poll(look).toBe(state);
  expect((await digits.get()).paused).toBe(true);
  expect(await digits.picture()).toBe(picture);
});
