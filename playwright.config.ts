import { defineConfig } from '@playwright/test';
import { findBrowser } from './engine/cli/find-browser.ts';
import { SOFTWARE_WEBGL_FLAGS } from './engine/cli/browser-flags.ts';

/** The tests drive the real command on a port that is free; `wait` tells which one that is. */
export const siteServer = {
  command: 'node engine/cli/run.mjs start',
  env: { PORT: '0' },
  wait: { stdout: /^http:\/\/localhost:(?<nca_port>\d+)\/$/m },
  gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  timeout: 120_000,
} as const;

export default defineConfig({
  testDir: 'e2e',
  // The kit has unit tests as well, which are not Playwright's.
  testMatch: '**/*.spec.ts',
  // Those of other browsers have a configuration of their own.
  testIgnore: '**/e2e/browsers/**',
  outputDir: 'test-results',
  // Those of the kit have the renderer's folder in their name.
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  forbidOnly: process.env['CI'] !== undefined,
  // Two files at a time: software rendering alone leaves a quarter of two cores idle. A test that needs luck is a failure.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  // For what hangs, not for what is slow: busy machines take several times as long as quiet ones.
  timeout: 180_000,
  expect: {
    timeout: 45_000,
    toHaveScreenshot: { pathTemplate: '{testDir}/baselines/{testFileName}/{arg}{ext}' },
  },
  reporter: [['list']],
  webServer: siteServer,
  use: {
    baseURL: `http://localhost:${process.env['NCA_PORT'] ?? '0'}/`,
    browserName: 'chromium',
    // Every picture costs software GL as much as it has pixels.
    viewport: { width: 800, height: 600 },
    deviceScaleFactor: 1,
    locale: 'en-GB',
    // Tests put their own models in the place of the shipped ones, which a worker's requests would pass by.
    serviceWorkers: 'block',
    // A twentieth of the time, for what a failure's picture and words mostly tell; `--trace on` where they do not.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser('test') ?? undefined,
      args: [...SOFTWARE_WEBGL_FLAGS],
    },
  },
});
