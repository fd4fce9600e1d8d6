/** A visitor teaches the cells a sign: drawn, learnt, kept, saved, opened again, and taken back. */
import { readFile } from 'node:fs/promises';
import { Random } from '../engine/common/random/random.ts';
import { decodeModelFile } from '../engine/common/model/file.ts';
import type { Model } from '../engine/common/model/weights.ts';
import { decodeScene } from '../engine/common/scene/scene-file.ts';
import { flattenWeights } from '../engine/learning/rollout/layers.ts';
import { runCourse } from '../engine/learning/teach/run-course.ts';
import type { Drawing } from '../engine/learning/teach/sign.ts';
import { ThreadTeam } from '../training/teach/thread-team.ts';
import { expectAccessible } from './accessibility.ts';
import { drawOnTiles, handDrawn } from './draw-sign.ts';
import { drop } from './drop-files.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';
import { leaveIdle, openExhibit, QUIET, touch } from './open-exhibit.ts';
import { serveShippedModels } from './shipped-models.ts';

const SIGN = '★';

/** Learning alone would take both processors. */
const QUERY = '?columns=4&rows=2&seed=5&model=tiny&rate=10';

test.beforeEach(async ({ digits }) => {
  await serveShippedModels(digits);
});

async function openDialog({ page }: DigitsPage): Promise<void> {
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** Draws the sign and begins to learn it; hints are shown once, and do not prevent it. */
async function drawAndLearn(digits: DigitsPage, count = 8, sign = SIGN): Promise<void> {
  const { page } = digits;
  await page.getByRole('textbox', { name: 'Name' }).fill(sign);
  await drawOnTiles(page, sign, count);
  const learn = page.getByRole('button', { name: 'Learn', exact: true });
  await learn.click();
  if (await learn.isVisible()) await learn.click();
  await expect(page.locator('#teach-card')).toBeVisible();
}

async function teachInNode(drawings: Drawing[]): Promise<Model> {
  const model = decodeModelFile(await readFile('assets/tiny.ktx2'));
  let team: ThreadTeam | null = null;
  try {
    const result = await runCourse(
      { model, signs: [{ name: SIGN, drawings }], steps: 6, seed: 3 },
      {
        startTeam: async (settings) => (team = await ThreadTeam.start(settings, 'wasm', 1)),
        clock: () => 0,
        shouldStop: () => false,
        breathe: async () => undefined,
      },
      {},
    );
    return result.model;
  } finally {
    await (team as ThreadTeam | null)?.close();
  }
}

const card = (digits: DigitsPage) => digits.page.locator('#teach-card');

test('a sign is drawn, learnt, kept, saved, opened again and taken back', async ({ digits }) => {
  test.setTimeout(300_000);
  const { page } = digits;
  await digits.open(QUERY);
  const before = await digits.info();
  await openDialog(digits);
  await expectAccessible(page);
  await drawAndLearn(digits);
  await expectAccessible(page);
  // The canvas takes over the first versions, and goes on where it was.
  await expect.poll(async () => (await digits.info()).channels, { timeout: 60_000 }).toBeGreaterThan(before.channels);
  const during = await digits.info();
  expect(during.step).toBeGreaterThanOrEqual(before.step);
  await expect(page.locator('#legend')).toContainText(SIGN);
  await expect(card(digits)).toContainText('of cells are right', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Keep' })).toBeVisible({ timeout: 60_000 });

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('tiny-taught.ktx2');
  const bytes = await readFile(await saved.path());

  await page.getByRole('button', { name: 'Keep' }).click();
  await expect(card(digits)).toBeHidden();
  expect((await digits.info()).model).toBe('tiny-taught');
  // It is in the list of models.
  await digits.set({ model: 'tiny' });
  await digits.set({ model: 'tiny-taught' });
  expect((await digits.info()).channels).toBe(during.channels);

  await digits.open(QUERY);
  await drop(page, { name: 'star.ktx2', content: bytes });
  await expect.poll(async () => (await digits.info()).model).toBe('tiny-taught');
  await expect(page.locator('#legend')).toContainText(SIGN);

  await openDialog(digits);
  await drawAndLearn(digits, 3, '→');
  await expect(page.locator('#legend')).toContainText('→', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click({ timeout: 60_000 });
  await expect(page.locator('#legend')).not.toContainText('→');
  await expect(page.locator('#legend')).toContainText(SIGN);
});

test('drawings survive the page, and are undone, varied and cleared', async ({ digits }) => {
  const { page } = digits;
  const dialog = page.getByRole('dialog');
  await digits.open(QUERY);
  await openDialog(digits);
  await dialog.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.locator('#teach-dialog .teach-status')).toHaveText(/needs a name.*at least 3 times/);
  await dialog.getByRole('button', { name: SIGN }).click();
  await drawOnTiles(page, SIGN, 2);
  await expect(page.locator('.teach-count')).toHaveText('2 of 12 drawn');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.teach-count')).toHaveText('1 of 12 drawn');
  await dialog.getByRole('button', { name: 'Redo' }).click();
  await dialog.getByRole('button', { name: 'Another like these' }).click();
  await expect(page.locator('.teach-count')).toHaveText('3 of 12 drawn');
  // With keys: the pen goes down, to the right, and up.
  await page.locator('.teach-tile').nth(5).focus();
  for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
  await expect(page.locator('.teach-tile').nth(5)).toHaveAttribute('aria-label', 'Drawing 6 of 12: 1 stroke');
  await page.keyboard.press('Delete');
  await expect(page.locator('.teach-count')).toHaveText('3 of 12 drawn');

  await digits.open(QUERY);
  await openDialog(digits);
  await expect(page.locator('#teach-dialog .teach-status')).toHaveText('Your drawings from last time are still here.');
  await expect(page.locator('.teach-count')).toHaveText('3 of 12 drawn');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(SIGN);
  await dialog.getByRole('button', { name: 'Clear all' }).click();
  await expect(page.locator('.teach-count')).toHaveText('0 of 12 drawn');
});

test('a script teaches a sign, the same every time, and hears how well it is known', async ({ digits }) => {
  test.setTimeout(300_000);
  const random = new Random(4);
  const drawings = Array.from({ length: 5 }, () => handDrawn(SIGN, random));
  const teach = () =>
    digits.page.evaluate(async (given) => {
      const figures = await window.nca.teach({ name: '★', drawings: given }, { steps: 6, seed: 3 });
      await window.nca.step(20);
      const state = Array.from((await window.nca.readState()).data);
      return { figures, state, scene: Array.from(await window.nca.saveScene()) };
    }, drawings);
  await digits.open(`${QUERY}&paused=1`);
  const { figures, state, scene } = await teach();
  expect(figures).toMatchObject({ steps: 6, backend: 'wasm' });
  await digits.open(`${QUERY}&paused=1`);
  const again = await teach();
  expect({ ...again.figures, seconds: 0 }).toEqual({ ...figures, seconds: 0 });
  expect(again.state).toEqual(state);
  // The command computes the same in Node, bit for bit.
  const taught = decodeModelFile((await decodeScene(Uint8Array.from(scene))).model);
  const inNode = await teachInNode(drawings);
  expect(taught.specification.name).toBe(inNode.specification.name);
  expect(flattenWeights(taught.specification, taught.weights)).toEqual(
    flattenWeights(inNode.specification, inNode.weights),
  );
  const refused = await digits.page.evaluate(() =>
    window.nca.teach({ name: '', drawings: [] }).catch((error: unknown) => String(error)),
  );
  expect(refused).toContain('The sign needs a name.');
});

/** A guest of the open exhibit teaches a sign, and leaves. */
async function teachAsGuest(digits: DigitsPage): Promise<void> {
  const { page } = digits;
  const { channels } = await digits.info();
  await touch(page);
  await page.locator('.kiosk-bar').getByRole('button', { name: 'Teach a sign' }).click();
  await page.clock.resume();
  await drawAndLearn(digits, 4);
  await expect.poll(async () => (await digits.info()).channels, { timeout: 60_000 }).toBeGreaterThan(channels);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Keep' })).toBeVisible({ timeout: 60_000 });
  await leaveIdle(page);
  await expect(card(digits)).toBeHidden();
}

test('an exhibit offers teaching where its settings say so, and forgets the sign when the guest leaves', async ({
  digits,
}) => {
  test.setTimeout(300_000);
  await openExhibit(digits, { ...QUIET, model: 'tiny', teach: { offered: true, seconds: 20 } });
  const before = await digits.info();
  await teachAsGuest(digits);
  await expect.poll(async () => (await digits.info()).channels).toBe(before.channels);
});

test('an exhibit with a gallery keeps the sign when the guest leaves, and after a new start', async ({ digits }) => {
  test.setTimeout(300_000);
  const { page } = digits;
  const settings = { ...QUIET, model: 'tiny', teach: { offered: true, seconds: 20, gallery: 1 } };
  await openExhibit(digits, settings);
  await teachAsGuest(digits);
  expect((await digits.info()).model).toBe('tiny-taught');
  await openExhibit(digits, settings);
  await expect.poll(async () => (await digits.info()).model, { timeout: 60_000 }).toBe('tiny-taught');
  // An operator who chooses another model does not get the signs of this one.
  await openExhibit(digits, { ...settings, model: 'swift' });
  await page.waitForTimeout(2000);
  expect((await digits.info()).model).toBe('swift');
});

test('a GPU that the browser does not offer is said to be missing, and the model stays', async ({ digits }) => {
  await digits.open(`${QUERY}&paused=1`);
  const random = new Random(4);
  const drawings = Array.from({ length: 3 }, () => handDrawn(SIGN, random));
  const refused = await digits.page.evaluate(
    (given) =>
      window.nca
        .teach({ name: '★', drawings: given }, { steps: 1, backend: 'webgpu' })
        .catch((error: unknown) => String(error)),
    drawings,
  );
  expect(refused).toContain('This browser offers no GPU by WebGPU.');
  expect((await digits.info()).model).toBe('tiny');
});
