/** What a test needs of a page, whichever protocol drives its browser. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { WebKitBrowser } from './webkit.ts';

/** Across and down. */
export type Place = readonly [number, number];

export interface SavedFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface Tab {
  /** Opens an address. */
  goto(address: string): Promise<void>;
  /** Runs a function in the page, which sees nothing but what it is given; that and its result go through JSON. */
  evaluate<Result, Given = undefined>(work: (given: Given) => Result | Promise<Result>, given?: Given): Promise<Result>;
  /** Presses the pointer at the first place and lets it go at the last one; CSS pixels of the window. */
  drag(first: Place, ...others: readonly Place[]): Promise<void>;
  /** Clicks in the middle of an element. */
  click(selector: string): Promise<void>;
  /** Presses keys together, the last one last: `Control+z`. */
  press(keys: string): Promise<void>;
  /** The window's content as PNG, a pixel for each CSS pixel. */
  screenshot(): Promise<Buffer>;
  /** What the page saves when this is done. */
  saved(act: () => Promise<void>): Promise<SavedFile>;
}

/** A page that Playwright drives. */
export function playwrightTab(page: Page): Tab {
  return {
    async goto(address) {
      await page.goto(address);
    },
    evaluate: (work, given) => page.evaluate(work as never, given as never),
    async drag(first, ...others) {
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const place of others) await page.mouse.move(...place);
      await page.mouse.up();
    },
    click: (selector) => page.locator(selector).click(),
    press: (keys) => page.keyboard.press(keys),
    screenshot: () => page.screenshot(),
    async saved(act) {
      const download = page.waitForEvent('download');
      await act();
      const file = await download;
      return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
    },
  };
}

/**
 * The page of a browser that is driven over WebDriver.
 * @param site what addresses are relative to
 */
export function webDriverTab(browser: WebKitBrowser, site: string, timeoutMilliseconds: number): Tab {
  const { session } = browser;
  return {
    goto: (address) => session.goto(new URL(address, site).href),
    evaluate: (work, given) => session.evaluate(work, given),
    drag: (...places) => session.drag(places),
    click: (selector) => session.click(selector),
    press: (keys) => session.press(keys),
    screenshot: () => session.screenshot(),
    async saved(act) {
      const before = new Set(browser.downloads());
      await act();
      const deadline = performance.now() + timeoutMilliseconds;
      for (;;) {
        const name = browser.downloads().find((one) => !before.has(one));
        if (name !== undefined) return { name, content: browser.readDownload(name) };
        if (performance.now() > deadline) throw new Error('The page has saved nothing.');
        await delay(50);
      }
    },
  };
}
