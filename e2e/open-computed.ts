/** Opens the page in Playwright's browser for pictures that are computed. */
import type { Locator } from '@playwright/test';
import { COMPUTED_QUERY, COMPUTED_VIEWPORT, type ComputedPage } from './computed-page.ts';
import type { DigitsPage } from './fixtures.ts';
import { serveShippedModels, type ShippedModel } from './shipped-models.ts';

export async function openComputed(
  digits: DigitsPage,
  { name }: ShippedModel,
): Promise<{ page: ComputedPage; canvas: Locator }> {
  await serveShippedModels(digits);
  await digits.page.setViewportSize(COMPUTED_VIEWPORT);
  await digits.open(`${COMPUTED_QUERY}&model=${name}`);
  const canvas = digits.page.locator('#canvas');
  const page: ComputedPage = {
    evaluate: (work, given) => digits.page.evaluate(work as never, given as never),
    screenshot: () => canvas.screenshot(),
  };
  return { page, canvas };
}
