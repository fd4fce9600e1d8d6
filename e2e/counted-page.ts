/** Counts what a page runs, where `npm run coverage` asks for it. */
import type { Page } from '@playwright/test';
import { IS_COUNTED } from '../engine/cli/counting/folder.ts';

/** @returns ends it, and adds what has run to the report */
export async function countPage(page: Page): Promise<() => Promise<void>> {
  if (!IS_COUNTED) return () => Promise.resolve();
  const { openReport } = await import('../engine/cli/counting/report.ts');
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  return async () => {
    await openReport().add(await page.coverage.stopJSCoverage());
  };
}
