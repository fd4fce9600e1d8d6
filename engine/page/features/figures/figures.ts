/** Keeps the figures of the last steps. The strip that shows them is loaded when it is first needed. */
import { elementById } from '../../shell/elements.ts';
import type { Feature } from '../../shell/feature.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';
import { FigureHistory, figuresOf } from './figure-history.ts';
import type { FigureStrip } from './figure-strip.ts';

export const figures: Feature = {
  scope: 'controls',
  connect(page) {
    const { events, travel } = page.playground;
    const histories = [new FigureHistory(), new FigureHistory()] as const;
    let strip: FigureStrip | null = null;
    let isOpen = false;

    const load = lazily(async () => {
      const { FigureStrip } = await loadPart(() => import('./figure-strip.ts'));
      return new FigureStrip(page, histories, () => {
        void toggle();
        // The button that had the focus is gone, so the canvas gets it.
        elementById('canvas', HTMLCanvasElement).focus();
      });
    });
    const toggle = async (): Promise<void> => {
      isOpen = !isOpen;
      try {
        strip = await load();
      } catch (error) {
        isOpen = false;
        throw error;
      }
      strip.isOpen = isOpen;
    };
    const forget = (): void => {
      for (const history of histories) history.clear();
      strip?.show();
    };
    events.on('measured', (statistics) => {
      histories[0].add(figuresOf(statistics), travel.latest);
      strip?.show();
    });
    events.on('measuredSecond', (statistics) => {
      histories[1].add(figuresOf(statistics), travel.latest);
      strip?.show();
    });
    events.on('travelled', () => strip?.show());
    events.on('model', forget);
    events.on('layout', forget);
    events.on('compared', forget);
    const label = { en: 'Figures over time', de: 'Verlauf der Kennzahlen' }[page.language];
    return { menu: [{ id: 'figures-open', group: 'look', label, key: 'a', work: toggle, isOn: () => isOpen }] };
  },
};
