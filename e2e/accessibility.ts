/** What axe-core finds in a page as it is now. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Waits until nothing fades in or out any more: colours are too faint on the way. */
async function settle(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect !== null && Number(effect.getComputedTiming().endTime) < Infinity);
  // An animation that is cancelled has ended as well.
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/**
 * Fails where axe-core finds something serious or critical; its message names the rule and the elements.
 * @param rules axe-core's names of those that are looked at; by default all
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  await page.evaluate(settle);
  const builder = new AxeBuilder({ page });
  if (rules) builder.withRules(rules);
  const { violations } = await builder.analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const findings = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
  );
  expect(findings).toEqual([]);
}
