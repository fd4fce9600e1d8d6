/**
 * What the public sees if the exhibit cannot run: that it will be back soon, in every language, with nothing to
 * operate. The reason is below in small letters, for the operator.
 */
import { elementById, makeElement } from '../../shell/elements.ts';
import { LANGUAGES } from './languages.ts';
import { GUEST_TEXTS } from './texts/index.ts';
import './kiosk.css';

/** @param reason for the operator, in one sentence */
export function showBackSoon(reason: string): void {
  const page = elementById('failure', HTMLElement);
  const { lang } = document.documentElement;
  // The exhibit's own language comes first, if it is already known.
  const languages = [...LANGUAGES].sort((one, other) => Number(other === lang) - Number(one === lang));
  const lines = languages.map((language, index) => {
    const line = makeElement(index === 0 ? 'h1' : 'p', '', GUEST_TEXTS[language].backSoon);
    line.lang = language;
    return line;
  });
  const note = makeElement('p', 'kiosk-reason', reason);
  note.lang = 'en';
  page.classList.add('kiosk-back-soon');
  // The page reloads every few minutes; a random position prevents burn-in.
  page.style.setProperty('--place', `${Math.round(Math.random() * 40 - 20)}vh`);
  page.replaceChildren(...lines, note);
  page.hidden = false;
  elementById('canvas', HTMLElement).hidden = true;
  elementById('bar', HTMLElement).hidden = true;
  elementById('loading', HTMLElement).textContent = '';
}
