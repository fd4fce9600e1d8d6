/** The legend: every class with its colour; those that the handwriting knows can be picked up as stamps. */
import { cssColor } from '../view/color.ts';
import { makePalette } from '../view/palettes.ts';
import type { Controls } from './controls.ts';
import { elementById, makeElement } from './elements.ts';

export function connectLegend({ playground, texts, attempt }: Controls): void {
  const { settings, events } = playground;
  const legend = elementById('legend', HTMLElement);
  legend.setAttribute('aria-label', texts.legend.label);

  const build = (): void => {
    const { classes } = playground.simulation.model.specification;
    const entries = classes.map(({ name }, label) => {
      if (!playground.canWrite(label)) return makeEntry(name);
      const button = makeElement('button');
      button.type = 'button';
      button.append(makeElement('span', 'swatch'), name);
      button.title = texts.legend.stamp(name);
      button.setAttribute('aria-label', texts.legend.stamp(name));
      button.addEventListener('click', () =>
        attempt(() => {
          const { tool, stamp } = settings.values;
          settings.set(tool === 'stamp' && stamp === label ? { tool: 'brush' } : { tool: 'stamp', stamp: label });
        }),
      );
      return button;
    });
    legend.replaceChildren(...entries, makeEntry(texts.legend.undecided));
    paint();
  };

  const paint = (): void => {
    const { palette, hueShift, tool, stamp } = settings.values;
    const colors = makePalette(palette, playground.simulation.model.specification.classes, hueShift);
    [...legend.children].forEach((entry, label) => {
      const color = colors.classes[label] ?? colors.undecided;
      entry.querySelector<HTMLElement>('.swatch')?.style.setProperty('--swatch', cssColor(color));
      if (entry instanceof HTMLButtonElement) {
        entry.setAttribute('aria-pressed', String(tool === 'stamp' && stamp === label));
      }
    });
  };

  events.on('model', build);
  settings.events.on('change', paint);
  build();
}

function makeEntry(name: string): HTMLElement {
  const entry = makeElement('span', 'entry');
  entry.append(makeElement('span', 'swatch'), name);
  return entry;
}
