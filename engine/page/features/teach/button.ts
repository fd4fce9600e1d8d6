import { makeElement } from '../../shell/elements.ts';

/** Returns a button with a label that does `work` when it is pressed. */
export function button(label: string, work: () => void): HTMLButtonElement {
  const element = makeElement('button', '', label);
  element.type = 'button';
  element.addEventListener('click', work);
  return element;
}
