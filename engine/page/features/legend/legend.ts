/** The legend: every class with its colour. Classes that the built-in handwriting has can be picked as stamps. */
import type { ModelClass } from '../../../common/model/specification.ts';
import { cssColor } from '../../../view/color.ts';
import { makePalette } from '../../../view/palettes.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { digitOf, isLetter, stampKey } from '../../../session/handwritten.ts';
import type { Language } from '../../shell/texts/localized.ts';
import { TEXTS } from './texts.ts';

/** The largest number of classes that may take several lines. */
const MOST_WRAPPED = 16;

/**
 * Fills the legend with a model's classes, still without colours, so that the bar has its final height before the
 * canvas is laid out.
 */
export function fillLegend(classes: readonly ModelClass[], language: Language): void {
  const texts = TEXTS[language];
  const legend = elementById('legend', HTMLElement);
  legend.setAttribute('aria-label', texts.label);
  const entries = classes.map((entry, label) => {
    if (digitOf(entry) === null && !isLetter(entry)) return makeEntry('span', 'entry', entry.name);
    const button = makeEntry('button', '', entry.name);
    button.type = 'button';
    const words = texts.stamp(entry.name, stampKey(classes, label));
    button.title = words;
    button.setAttribute('aria-label', words);
    button.dataset['label'] = String(label);
    return button;
  });
  const undecided = makeEntry('span', 'entry undecided', texts.undecided);
  legend.replaceChildren(...entries, undecided);
  // Many classes are a tray of one line that scrolls, so that they leave the canvas its height.
  const isTray = classes.length > MOST_WRAPPED;
  legend.classList.toggle('tray', isTray);
  // What scrolls can be reached with the keyboard, also without a button in it.
  legend.removeAttribute('tabindex');
  if (isTray && !entries.some((entry) => entry instanceof HTMLButtonElement)) legend.tabIndex = 0;
}

export const legend: Feature = { scope: 'controls', connect: connectLegend };

function connectLegend({ playground, language, attempt }: Page): undefined {
  const { settings, events } = playground;
  const legend = elementById('legend', HTMLElement);

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

  legend.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (!button) return;
    const label = Number(button.dataset['label']);
    attempt(() => {
      const { tool, stamp } = settings.values;
      settings.set(tool === 'stamp' && stamp === label ? { tool: 'brush' } : { tool: 'stamp', stamp: label });
    });
  });
  // A mouse whose wheel only turns one way scrolls the tray, too.
  legend.addEventListener(
    'wheel',
    ({ deltaX, deltaY }) => {
      if (deltaX === 0) legend.scrollLeft += deltaY;
    },
    { passive: true },
  );
  events.on('model', ({ specification }) => {
    fillLegend(specification.classes, language);
    paint();
  });
  settings.events.on('change', paint);
  paint();
}

function makeEntry<Tag extends 'button' | 'span'>(
  tag: Tag,
  className: string,
  name: string,
): HTMLElementTagNameMap[Tag] {
  const entry = makeElement(tag, className);
  entry.append(makeElement('span', 'swatch'), makeElement('span', 'name', name));
  return entry;
}
