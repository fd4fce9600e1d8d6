/** `npm run dev`: a saved source shows on the page, which loses neither ink nor state. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = ['engine', 'shaders', 'assets', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

/** A copy of the project, whose sources a test may change. */
let project = '';
let server: ChildProcess;
let address = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'dev-test-'));
  for (const source of SOURCES) cpSync(join(ROOT, source), join(project, source), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  server = spawn(process.execPath, [join(project, 'engine/cli/run.mjs'), 'dev'], {
    cwd: project,
    env: { ...process.env, PORT: '0' },
  });
  let output = '';
  const tell = (chunk: Buffer): void => void (output += chunk.toString());
  server.stdout?.on('data', tell);
  server.stderr?.on('data', tell);
  const line = /^http:\/\/localhost:\d+\/$/m;
  await expect.poll(() => output, { timeout: 30_000 }).toMatch(line);
  address = line.exec(output)?.[0] ?? '';
});

test.afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
  rmSync(project, { recursive: true, force: true });
});

async function open(page: Page): Promise<void> {
  await page.goto(`${address}?model=tiny&columns=2&rows=2&seed=5&paused=1&adapt=0`);
  await page.evaluate(async () => {
    await window.nca.ready;
    await window.nca.step(5);
  });
}

/** Saves one of the project's files with another text; returns what saves the old one. */
function change(file: string, edit: (text: string) => string): () => void {
  const path = join(project, file);
  const before = readFileSync(path, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}

const stateOf = (page: Page): Promise<number[]> =>
  page.evaluate(async () => [...(await window.nca.readState()).data.filter((value) => value !== 0)]);

const stepOf = (page: Page): Promise<number> => page.evaluate(async () => (await window.nca.info()).step);

const pictureOf = async (page: Page): Promise<string> => {
  await page.evaluate(() => window.nca.drawn());
  return (await page.locator('#canvas').screenshot()).toString('base64');
};

/** Makes all cells red. */
const paintRed = (text: string): string =>
  text.replace('return mix(background, vec4(shown, 1.0), ink);', 'return vec4(1.0, 0.0, 0.0, 1.0);');

test('compiles a saved shader into the running simulation', async ({ page }) => {
  await open(page);
  const state = await stateOf(page);
  const picture = await pictureOf(page);
  const undo = change('shaders/display-cells.frag', paintRed);
  await expect(page.getByText('display-cells.frag was recompiled')).toBeVisible();
  expect(await pictureOf(page)).not.toBe(picture);
  expect(await stateOf(page)).toEqual(state);
  expect(await stepOf(page)).toBe(5);
  undo();
  await expect.poll(() => pictureOf(page)).toBe(picture);
});

test('names the line of a shader that does not compile, and runs on with the old program', async ({ page }) => {
  await open(page);
  const state = await stateOf(page);
  const undo = change('shaders/fire.glsl', (text) => `${text}\nfloat broken = missing;\n`);
  const line = readFileSync(join(project, 'shaders/fire.glsl'), 'utf8').split('\n').indexOf('float broken = missing;');
  await expect(page.getByRole('alert')).toContainText(`fire.glsl:${line + 1}`);
  expect(await stateOf(page)).toEqual(state);
  await page.evaluate(() => window.nca.step(1));
  expect(await stepOf(page)).toBe(6);
  undo();
  await expect(page.getByText('fire.glsl was recompiled')).toBeVisible();
});

test('brings the canvas back after a reload for anything else', async ({ page }) => {
  await open(page);
  const state = await stateOf(page);
  const reloaded = page.waitForEvent('load');
  change('engine/page/shell/models.ts', (text) => `${text}\n`);
  await reloaded;
  await page.evaluate(() => window.nca.ready);
  await expect.poll(() => stepOf(page)).toBe(5);
  expect(await stateOf(page)).toEqual(state);
});
