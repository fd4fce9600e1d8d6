/** Opens and closes the lessons, which are loaded when they are first needed. */
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { LessonCard } from './lesson-card.ts';

export const lessons: Feature = {
  scope: 'controls',
  connect(page) {
    let card: LessonCard | null = null;
    const load = lazily(async () => {
      const { LessonCard } = await loadPart(() => import('./lesson-card.ts'));
      return new LessonCard(page);
    });
    const toggle = async (): Promise<void> => {
      card = await load();
      await (card.isOpen ? card.close() : card.open());
    };
    const label = { en: 'Short lessons', de: 'Kurze Lektionen' }[page.language];
    return {
      menu: [{ id: 'lessons', group: 'learn', label, key: 'l', work: toggle, isOn: () => card?.isOpen ?? false }],
    };
  },
};
