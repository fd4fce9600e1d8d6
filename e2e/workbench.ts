/** A fixture for tests of the engine without the page: `workbench` is a page that holds it as `window.engine`. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { createServer } from 'vite';
import { countPage } from './counted-page.ts';

interface WorkerFixtures {
  workbenchAddress: string;
}

export const test = base.extend<{ workbench: Page }, WorkerFixtures>({
  workbenchAddress: [
    // Playwright asks for an object pattern even where nothing is taken from it.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await createServer({
        configFile: false,
        root: join(import.meta.dirname, '..'),
        logLevel: 'error',
        server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
        optimizeDeps: { include: ['twgl.js', 'valibot', 'ktx-parse'], noDiscovery: true },
        cacheDir: 'node_modules/.cache/workbench',
      });
      await server.listen();
      const { port } = server.httpServer?.address() as AddressInfo;
      await use(`http://127.0.0.1:${port}/e2e/harness/index.html`);
      await server.close();
    },
    { scope: 'worker' },
  ],
  workbench: async ({ page, workbenchAddress }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    const stopCounting = await countPage(page, join(import.meta.dirname, '..'));
    await page.goto(workbenchAddress);
    await page.waitForFunction(() => 'engine' in window);
    await use(page);
    await stopCounting();
    expect(faults).toEqual([]);
  },
});

export { expect };
