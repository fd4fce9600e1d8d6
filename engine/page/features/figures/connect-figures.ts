/** Keeps the figures of the last steps, and shows them in a strip, which is fetched when it is first wanted. */
import type { Controls } from '../../shell/controls.ts';
import { elementById } from '../../shell/elements.ts';
import { loadPart } from '../../shell/load-part.ts';
import { FigureHistory, figuresOf } from './figure-history.ts';
import type { FigureStrip } from './figure-strip.ts';

export function connectFigures(controls: Controls): void {
  const { playground, menu, texts } = controls;
  const { events, travel } = playground;
  const histories = [new FigureHistory(), new FigureHistory()] as const;
  let loading: Promise<FigureStrip> | null = null;
  let strip: FigureStrip | null = null;
  let isOpen = false;

  const load = async (): Promise<FigureStrip> => {
    const { FigureStrip } = await loadPart(() => import('./figure-strip.ts'));
    return new FigureStrip(controls, histories, () => {
      void toggle();
      // The button is gone, and the keys are to go somewhere.
      elementById('canvas', HTMLCanvasElement).focus();
    });
  };
  const toggle = async (): Promise<void> => {
    isOpen = !isOpen;
    try {
      strip = await (loading ??= load());
    } catch (error) {
      // The next press tries again.
      loading = null;
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
  menu.add({
    id: 'figures-open',
    group: 'look',
    label: texts.figures.open,
    key: 'a',
    work: toggle,
    isOn: () => isOpen,
  });
}
