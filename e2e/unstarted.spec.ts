/** Pages whose first script never runs: they say so all the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { SITE_FOLDER } from '../engine/cli/site.ts';
import { type Fault, FaultySite, pathOf } from './faulty-site.ts';

const PAGES = [
  'index.html',
  'bench/index.html',
  'examples/embed.html',
  'examples/element.html',
  'examples/minimal.html',
  'examples/pixi.html',
];

let site: FaultySite;
test.beforeAll(async () => {
  site = await FaultySite.open();
});
test.afterAll(() => site.close());

/** The script that a page of the site begins with. */
function firstScript(page: string): string {
  const html = readFileSync(join(SITE_FOLDER, page), 'utf8');
  const source = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1] ?? '';
  return new URL(source, `http://localhost/${page}`).pathname;
}

/** A server that sends scripts as another type, as some do that do not know them. */
const textInPlaceOfScripts: Fault = (request, response) => {
  const path = pathOf(request);
  if (!path.endsWith('.js')) return false;
  response.writeHead(200, { 'Content-Type': 'text/plain' }).end(readFileSync(join(SITE_FOLDER, path)));
  return true;
};

/** A script that this browser cannot read, as an old one finds ours. */
const unreadable =
  (script: RegExp): Fault =>
  (request, response) => {
    if (!script.test(pathOf(request))) return false;
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end('let let = {;');
    return true;
  };

const missing =
  (script: RegExp): Fault =>
  (request, response) => {
    if (!script.test(pathOf(request))) return false;
    response.writeHead(404).end();
    return true;
  };

/** Matches one path alone. */
const exactly = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.')}$`);

for (const name of PAGES) {
  test(`${name}, opened as a file, says how it is started`, async ({ page }) => {
    await page.goto(pathToFileURL(join(SITE_FOLDER, name)).href);
    await expect(page.getByText('npm start').first()).toBeVisible();
  });

  const script = exactly(firstScript(name));
  const faults: readonly (readonly [string, Fault])[] = [
    ['is not understood', unreadable(script)],
    ['has another type', textInPlaceOfScripts],
    ['is missing', missing(script)],
  ];
  for (const [what, fault] of name === 'index.html' ? faults : faults.slice(0, 1)) {
    test(`${name} says what is likely when its script ${what}`, async ({ page }) => {
      site.fault = fault;
      await page.goto(`${site.address}${name}`);
      await expect(page.getByText(/the browser is too old/i).first()).toBeVisible();
    });
  }

  test(`${name} says that it needs JavaScript where that is off`, async ({ browser }) => {
    site.fault = () => false;
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.address}${name}`);
    await expect(page.getByText(/needs JavaScript/)).toBeVisible();
    await context.close();
  });
}

test('the page says so when a later script is not understood', async ({ page }) => {
  site.fault = unreadable(/\/assets\/start-/);
  await page.goto(site.address);
  await expect(page.getByRole('alert')).toContainText('A part of the page could not be loaded');
  await expect(page.getByRole('alert')).toContainText('current version of Chrome');
});

test('the page says nothing of all that when it starts', async ({ page }) => {
  site.fault = () => false;
  await page.goto(`${site.address}?columns=1&rows=1&paused=1`);
  await expect(page.locator('#unstarted')).toHaveCount(0);
});
