/** What axe-core finds in a page as it is now. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails where axe-core finds something serious or critical; its message names the rule and the elements.
 * @param rules axe-core's names of those that are looked at; by default all
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  const builder = new AxeBuilder({ page });
  if (rules) builder.withRules(rules);
  const { violations } = await builder.analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const findings = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
  );
  expect(findings).toEqual([]);
}
