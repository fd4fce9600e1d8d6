/** The menu's entry for the lessons; they are fetched when they are first wanted. */
import type { Controls } from '../../shell/controls.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { LessonCard } from './lesson-card.ts';

export function connectLessons(controls: Controls): void {
  let loading: Promise<LessonCard> | null = null;
  let card: LessonCard | null = null;

  const load = async (): Promise<LessonCard> => {
    const { LessonCard } = await loadPart(() => import('./lesson-card.ts'));
    return new LessonCard(controls);
  };
  const toggle = async (): Promise<void> => {
    loading ??= load();
    card = await loading.catch((error: unknown) => {
      // The next press tries again.
      loading = null;
      throw error;
    });
    await (card.isOpen ? card.close() : card.open());
  };
  controls.menu.add({
    id: 'lessons',
    group: 'learn',
    label: controls.texts.lessons.open,
    key: 'l',
    work: toggle,
    isOn: () => card?.isOpen ?? false,
  });
}
