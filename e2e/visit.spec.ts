/** The visits of every browser, in those that Playwright drives: the real server, the shipped models. */
import { expect, test as base } from '@playwright/test';
import { isAboutScreenshots } from './browsers/screenshot-style.ts';
import { playwrightTab, type Tab } from './browsers/tab.ts';
import { describeVisits } from './browsers/visit.ts';

const test = base.extend<{ tab: Tab }>({
  tab: async ({ page, browserName }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(`uncaught: ${message}`));
    await use(playwrightTab(page));
    expect(complaints.filter((complaint) => !isAboutScreenshots(complaint, browserName))).toEqual([]);
  },
});

describeVisits(test);
