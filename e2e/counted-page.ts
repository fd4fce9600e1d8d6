/** Counts what a page runs, where `npm run coverage` asks for it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { COVERAGE_FOLDER, IS_COUNTED } from '../engine/cli/counting/folder.ts';
import { addScript, type Places } from '../engine/cli/counting/places.ts';

/**
 * @param folder what the addresses of the page's scripts are relative to
 * @returns ends it, and writes down what has run
 */
export async function countPage(page: Page, folder: string): Promise<() => Promise<void>> {
  if (!IS_COUNTED) return () => Promise.resolve();
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  return async () => {
    const places: Places = {};
    for (const { url, source, functions } of await page.coverage.stopJSCoverage()) {
      const path = join(folder, new URL(url).pathname);
      if (source !== undefined) addScript(places, { path, text: source, functions });
    }
    const file = `e2e-${process.pid}-${performance.now()}.json`;
    writeFileSync(join(COVERAGE_FOLDER, file), JSON.stringify(places));
  };
}
