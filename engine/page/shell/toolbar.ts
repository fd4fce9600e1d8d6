/** The toolbar: names its controls and connects its buttons. */
import { VIEWS } from '../../view/views.ts';
import { elementById, makeElement } from './elements.ts';
import type { Page } from './feature.ts';
import type { Texts } from './texts/index.ts';
import type { Language } from './texts/localized.ts';
import { VIEW_NAMES } from './texts/view-names.ts';
import type { Work } from './work.ts';

/** The factor by which one press of a zoom button or key zooms. */
export const ZOOM_PRESS = 1.5;

/** Names every control in the user's language. */
export function nameControls(texts: Texts, language: Language): void {
  elementById('toolbar', HTMLElement).setAttribute('aria-label', texts.controls.toolbar);
  for (const element of document.querySelectorAll('[data-control]')) {
    nameControl(element, texts.controls[element.getAttribute('data-control') as 'play']);
  }
  const view = elementById('view', HTMLSelectElement);
  for (const name of VIEWS) {
    const option = makeElement('option', '', VIEW_NAMES[language][name]);
    option.value = name;
    view.append(option);
  }
}

export function nameControl(element: Element, text: { label: string; hint: string }): void {
  element.setAttribute('aria-label', text.label);
  element.setAttribute('title', text.hint);
}

/** Runs an action when a button of the bar is pressed. */
export function onPress({ attempt }: Page, id: string, work: Work): HTMLButtonElement {
  const button = elementById(id, HTMLButtonElement);
  button.addEventListener('click', () => attempt(work));
  return button;
}
