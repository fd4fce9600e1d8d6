/** Teaches the cells a new sign. Everything is loaded when it is first asked for. */
import type { Feature, Page } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';

/** How long a visitor's sign is learnt. */
const SECONDS = 60;

export const teach: Feature = {
  scope: 'controls',
  connect(page: Page) {
    const loadDesk = lazily(async () => {
      const { TeachDesk } = await loadPart(() => import('./teach-desk.ts'));
      return new TeachDesk(page, await page.teaching(), {
        language: page.language,
        seconds: SECONDS,
        keepsDraft: true,
      });
    });
    const label = { en: 'Teach a sign …', de: 'Ein Zeichen lehren …' }[page.language];
    return {
      menu: [{ id: 'teach', group: 'learn', label, key: 'h', work: async () => (await loadDesk()).open() }],
    };
  },
};
