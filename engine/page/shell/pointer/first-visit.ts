/** The hint of the first visit, which goes away for good with the first stroke. */
import { elementById } from '../elements.ts';

const VISITED_KEY = 'nca-visited';

/** @param isShown whether there is a hint at all */
export function showHint(text: string, isShown: boolean): void {
  const hint = elementById('hint', HTMLElement);
  hint.textContent = text;
  hint.hidden = !isShown || !isFirstVisit();
}

/** Somebody has painted here. */
export function dismissHint(): void {
  const hint = elementById('hint', HTMLElement);
  if (hint.hidden) return;
  hint.hidden = true;
  rememberVisit();
}

/** Whether nobody has painted here before. Storage may be forbidden; then every visit is the first. */
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
