/** The package as `npm pack` makes it: what is in it, and that programs of other people run on it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import ts from 'typescript';
import { build } from 'vite';
import { buildTypes } from '../engine/cli/library.ts';
import { IS_COUNTED } from '../engine/cli/counting/folder.ts';
import { PROJECT_FOLDER, SITE_FOLDER } from '../engine/cli/site.ts';
import type { DigitCanvasElement } from '../engine/library/element/digit-canvas-element.ts';
import { madeUpModel } from './made-up-model.ts';

/** Below the project's packages, so that a program there finds Vite, TypeScript and pixi.js without a network. */
const FOLDER = join(PROJECT_FOLDER, 'node_modules/.cache/digits-package');
const INSTALLED = join(FOLDER, 'node_modules/self-classifying-digits');

/** The blocks of code in the library's README, in this language. */
function examples(language: string): string[] {
  const readme = readFileSync(join(PROJECT_FOLDER, 'engine/library/README.md'), 'utf8');
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```/gms)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code);
}

function npm(...options: string[]): string {
  return execFileSync('npm', options, { cwd: FOLDER, encoding: 'utf8', shell: process.platform === 'win32' });
}

/** Serves a folder to the page under an address of its own, and a made-up model in the place of each shipped one. */
async function serve(page: Page, folder: string): Promise<string> {
  const address = 'http://package.test/';
  await page.route(`${address}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith('.ktx2')) return route.fulfill({ body: madeUpModel('three', 3) });
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 204 });
  });
  return address;
}

/** Settled when the page's program has written to the console what most cells say. */
async function votesOf(page: Page, address: string): Promise<void> {
  // At first no cell has decided.
  const told = page.waitForEvent('console', { predicate: (message) => message.text().includes('3, 3') });
  await page.goto(address);
  await told;
}

/** Passes when the cells of the page's element read what the model says. */
async function expectElement(page: Page): Promise<void> {
  const votes = () => page.locator('digit-canvas').evaluate((element) => (element as DigitCanvasElement).votes);
  await expect.poll(votes, { timeout: 30_000 }).toEqual(new Array(24).fill('3'));
}

let packed: readonly string[] = [];

// The site that counts what runs is no package.
test.skip(IS_COUNTED);

test.beforeAll(async () => {
  await buildTypes(SITE_FOLDER);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ name: 'somebody', private: true, type: 'module' }));
  const answer = npm('pack', PROJECT_FOLDER, '--ignore-scripts', '--json', '--loglevel=error');
  const [{ filename, files }] = JSON.parse(answer) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  npm('install', filename, '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
});

test('holds the library, its types and the models, and nothing else', () => {
  const kinds = [/^dist\/lib\/digits(-pixi|-element)?\.js$/, /^dist\/lib\/types\/.*\.d\.ts$/, /^assets\/\w+\.ktx2$/];
  const others = packed.filter((path) => !kinds.some((kind) => kind.test(path)));
  expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
  for (const kind of kinds) expect(packed.some((path) => kind.test(path))).toBe(true);
});

test('brings no other package along', () => {
  const lock = JSON.parse(readFileSync(join(FOLDER, 'package-lock.json'), 'utf8')) as { packages: object };
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/self-classifying-digits']);
});

test('a program with a bundler is type-checked, built and run', async ({ page }) => {
  const [program, element] = examples('ts');
  const [inPixi] = examples('js');
  writeFileSync(join(FOLDER, 'main.ts'), program);
  writeFileSync(join(FOLDER, 'pixi.ts'), inPixi);
  writeFileSync(join(FOLDER, 'element.ts'), element);
  writeFileSync(
    join(FOLDER, 'index.html'),
    '<canvas id="digits"></canvas><script type="module">import "./main.ts"; import "./element.ts";</script>',
  );
  const checked = ts.createProgram(
    ['main.ts', 'pixi.ts', 'element.ts'].map((file) => join(FOLDER, file)),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: ['vite/client'],
      // Pixi's own types and Vite's have faults; those of the library are checked by what they are used for.
      skipLibCheck: true,
    },
  );
  const faults = ts
    .getPreEmitDiagnostics(checked)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(faults).toEqual([]);
  await build({ root: FOLDER, configFile: false, logLevel: 'error', build: { outDir: 'dist', assetsInlineLimit: 0 } });
  await votesOf(page, await serve(page, join(FOLDER, 'dist')));
  await expectElement(page);
});

test('the types of the library are sound by themselves', () => {
  const checked = ts.createProgram(
    ['index.d.ts', 'element.d.ts'].map((file) => join(INSTALLED, 'dist/lib/types/library', file)),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
    },
  );
  const faults = ts
    .getPreEmitDiagnostics(checked)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(faults).toEqual([]);
});

test('a plain page runs the lines of the README', async ({ page }) => {
  const [html, element] = examples('html');
  const folder = join(FOLDER, 'plain');
  mkdirSync(join(folder, 'lib'), { recursive: true });
  cpSync(join(INSTALLED, 'dist/lib/digits.js'), join(folder, 'lib/digits.js'));
  writeFileSync(join(folder, 'index.html'), `<!doctype html>${html}`);
  const address = await serve(page, folder);
  await votesOf(page, address);
  cpSync(join(INSTALLED, 'dist/lib/digits-element.js'), join(folder, 'lib/digits-element.js'));
  writeFileSync(join(folder, 'index.html'), `<!doctype html>${element}`);
  await page.goto(address);
  await expectElement(page);
});
