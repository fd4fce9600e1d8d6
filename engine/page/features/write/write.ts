/** Writes a visitor's name on the canvas. The small form for it is loaded when it is first needed. */
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';

export const write: Feature = {
  scope: 'controls',
  connect(page) {
    const loadForm = lazily(async () => {
      const { WriteForm } = await loadPart(() => import('./write-form.ts'));
      return new WriteForm(page);
    });
    const label = { en: 'Write a name …', de: 'Einen Namen schreiben …' }[page.language];
    return {
      menu: [{ id: 'write', group: 'canvas', label, key: 'w', work: async () => (await loadForm()).open() }],
    };
  },
};
