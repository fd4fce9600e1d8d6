/**
 * The tests that run in other browsers than the first one, a project for each that is on this machine:
 * `npx playwright test -c e2e/browsers --project=firefox`.
 */
import { join } from 'node:path';
import { defineConfig, type PlaywrightTestProject } from '@playwright/test';
import { PROJECT_FOLDER } from '../../engine/cli/site.ts';
import base, { siteServer } from '../../playwright.config.ts';
import type { BrowserMetadata } from './visit.ts';
import { findOtherBrowsers, missingPrograms, type OtherBrowser } from '../../engine/cli/other-browsers.ts';

const found = findOtherBrowsers();
const Xvfb = found.firefox.programs['Xvfb'];

/** Never a GPU, which no two machines have alike, and no window on anybody's screen. */
const env = {
  ...(process.env as Record<string, string>),
  DISPLAY: `:${process.env['NCA_DISPLAY'] ?? '0'}`,
  LIBGL_ALWAYS_SOFTWARE: '1',
};

/**
 * Mesa's llvmpipe compiles the constants of 384 units for more than four minutes; the page tries constants only where a
 * small program tells that they compile quickly. With smaller models they are compared here as well.
 */
const LARGE_SHADER = /@large-shader/;

type Project = PlaywrightTestProject & { readonly name: OtherBrowser };

/** What runs in every browser. */
const PARITY_AND_VISITS = ['visit.spec.ts', 'engine.spec.ts'];

/** What else runs in Firefox, but not on a build server, whose time is short. */
const MORE_OF_FIREFOX = [
  'painting.spec.ts',
  'files.spec.ts',
  'take.spec.ts',
  'scenes.spec.ts',
  'replay.spec.ts',
  'losses.spec.ts',
  'accessibility.spec.ts',
];

const firefox: Project = {
  name: 'firefox',
  metadata: { renderer: 'llvmpipe' } satisfies BrowserMetadata,
  testMatch: process.env['CI'] === undefined ? [...PARITY_AND_VISITS, ...MORE_OF_FIREFOX] : PARITY_AND_VISITS,
  // Pens and touches need Chromium's own protocol; the colour scheme cannot be set, see firefox-for-playwright.mjs.
  grepInvert: [/@chromium/, /in the dark scheme/, LARGE_SHADER],
  use: {
    browserName: 'firefox',
    channel: 'moz-firefox',
    // Without a window, Firefox has no WebGL on a machine without a GPU.
    headless: false,
    launchOptions: {
      executablePath: join(import.meta.dirname, 'firefox-for-playwright.mjs'),
      env: { ...env, FIREFOX_PATH: found.firefox.programs['Firefox'] ?? '' },
    },
  },
};

const chromiumMesa: Project = {
  name: 'chromium-mesa',
  metadata: { renderer: 'llvmpipe' } satisfies BrowserMetadata,
  testMatch: PARITY_AND_VISITS,
  grepInvert: LARGE_SHADER,
  use: {
    launchOptions: {
      executablePath: found['chromium-mesa'].programs['Chromium'] ?? undefined,
      args: [
        '--use-angle=gl-egl',
        '--ignore-gpu-blocklist',
        '--disable-gpu-rasterization',
        // Takes a renderer in software on a busy machine for one that hangs, and ends it.
        '--disable-gpu-watchdog',
      ],
      env,
    },
  },
};

const webkit: Project = {
  name: 'webkit',
  testMatch: ['browsers/webkit.spec.ts'],
  use: { launchOptions: { env } },
};

export default defineConfig({
  ...base,
  testDir: '..',
  testIgnore: [],
  outputDir: join(PROJECT_FOLDER, 'test-results'),
  projects: [firefox, webkit, chromiumMesa].filter(({ name }) => missingPrograms(found[name]).length === 0),
  // Mesa compiles a large shader for a minute where two browsers share two cores.
  timeout: 240_000,
  webServer: [
    { ...siteServer, cwd: PROJECT_FOLDER },
    ...(Xvfb === null
      ? []
      : [
          {
            // So large that its pointer, in the middle, is over no window, where the page would show the brush.
            command: `${Xvfb} -displayfd 1 -screen 0 4096x3072x24 -nolisten tcp`,
            // It tells of each display that is taken.
            stderr: 'ignore' as const,
            wait: { stdout: /^(?<nca_display>\d+)$/m },
            gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 } as const,
          },
        ]),
  ],
});
