/** The hint shown on the first visit. It disappears permanently with the first stroke. */
import { elementById } from '../elements.ts';

const VISITED_KEY = 'nca-visited';

export function setHint(text: string): void {
  elementById('hint', HTMLElement).textContent = text;
}

/** @param isShown whether the hint may be shown at all */
export function showHint(isShown: boolean): void {
  elementById('hint', HTMLElement).hidden = !isShown || !isFirstVisit();
}

/** Removes the hint, since the user has painted. */
export function dismissHint(): void {
  const hint = elementById('hint', HTMLElement);
  if (hint.hidden) return;
  hint.hidden = true;
  rememberVisit();
}

/** Whether nobody has painted here before. If storage is blocked, every visit counts as the first. */
function isFirstVisit(): boolean {
  try {
    return localStorage.getItem(VISITED_KEY) === null;
  } catch {
    return true;
  }
}

function rememberVisit(): void {
  try {
    localStorage.setItem(VISITED_KEY, '1');
  } catch {
    return;
  }
}
