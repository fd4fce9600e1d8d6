/** WebKit over WebDriver, since Playwright drives only a build of its own: the visits, and the engine's parity. */
import { expect } from '@playwright/test';
import { expectParity, PARITY_CASES } from '../harness/parity-cases.ts';
import { test as base } from '../workbench.ts';
import { findOtherBrowsers } from '../../engine/cli/other-browsers.ts';
import { type Tab, webDriverTab } from './tab.ts';
import { describeVisits } from './visit.ts';
import { WebKitBrowser } from './webkit.ts';

/** Far more than a script in the page takes, where two browsers share two cores. */
const TIMEOUT_MILLISECONDS = 200_000;

const test = base.extend<{ tab: Tab }, { webkit: WebKitBrowser }>({
  webkit: [
    async ({ launchOptions }, use) => {
      const { WebKitWebDriver, MiniBrowser } = findOtherBrowsers().webkit.programs;
      const browser = await WebKitBrowser.launch({
        driver: WebKitWebDriver ?? '',
        browser: MiniBrowser ?? '',
        env: launchOptions.env ?? {},
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  tab: async ({ webkit, baseURL, viewport }, use, info) => {
    const { session } = webkit;
    await session.resize(viewport?.width ?? 800, viewport?.height ?? 600);
    await use(webDriverTab(webkit, baseURL ?? '', TIMEOUT_MILLISECONDS));
    if (info.status === info.expectedStatus) return;
    await info.attach('screenshot', { body: await session.screenshot(), contentType: 'image/png' });
  },
});

describeVisits(test);

/** One of each kind: the weights in a texture, layer by layer, written out as constants. */
const CASES = ['texture, depthwise', 'layered-texture, full convolution', 'constants, odd sizes'];

test.describe('a step on the GPU is the step of the reference', () => {
  for (const parityCase of PARITY_CASES.filter(({ title }) => CASES.includes(title))) {
    test(parityCase.title, async ({ tab, workbenchAddress }) => {
      await tab.goto(workbenchAddress);
      await expect.poll(() => tab.evaluate(() => 'engine' in window)).toBe(true);
      await expectParity((given) => tab.evaluate((options) => window.engine.compare(options), given), parityCase);
    });
  }
});
