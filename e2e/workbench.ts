/** A fixture for tests of the engine without the page: `workbench` is a page that holds it as `window.engine`; all
 * tests of a file share it, since each opens a device of its own and loading it takes longer than most of them. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { countPage } from './counted-page.ts';

interface WorkerFixtures {
  workbenchAddress: string;
  workbenchPage: Page;
}

export const test = base.extend<{ workbench: Page }, WorkerFixtures>({
  workbenchAddress: [
    // Playwright asks for an object pattern even where nothing is taken from it.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, { parallelIndex }) => {
      const server = await createServer({
        configFile: false,
        root: join(import.meta.dirname, '..'),
        logLevel: 'error',
        server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
        optimizeDeps: {
          include: ['twgl.js', 'valibot', 'ktx-parse', 'pixi.js', 'pixi.js/mesh', 'pixi.js/unsafe-eval'],
          noDiscovery: true,
        },
        // One for each of the workers, which would clear each other's.
        cacheDir: `node_modules/.cache/workbench-${parallelIndex}`,
      });
      await server.listen();
      const { port } = server.httpServer?.address() as AddressInfo;
      await use(`http://127.0.0.1:${port}/e2e/harness/index.html`);
      await server.close();
    },
    { scope: 'worker' },
  ],
  workbenchPage: [
    async ({ browser, workbenchAddress }, use) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const stopCounting = await countPage(page);
      await page.goto(workbenchAddress);
      await page.waitForFunction(() => 'engine' in window);
      await use(page);
      await stopCounting();
      await context.close();
    },
    { scope: 'worker' },
  ],
  workbench: async ({ workbenchPage }, use) => {
    const faults: string[] = [];
    const onError = ({ message }: Error): unknown => faults.push(message);
    const onConsole = (message: ConsoleMessage): unknown => message.type() === 'error' && faults.push(message.text());
    workbenchPage.on('pageerror', onError).on('console', onConsole);
    await use(workbenchPage);
    workbenchPage.off('pageerror', onError).off('console', onConsole);
    expect(faults).toEqual([]);
  },
});

export { expect };
