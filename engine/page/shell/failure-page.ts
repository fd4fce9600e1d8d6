/** What is shown instead of the canvas when the page cannot start: what is wrong, and what to do. */
import { elementById, makeElement } from './elements.ts';
import type { Texts } from './texts/index.ts';

export interface Failure {
  readonly text: string;
  readonly steps: readonly string[];
}

/** A failed start, with the failure to show. */
export class StartError extends Error {
  override name = 'StartError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.text);
    this.failure = failure;
  }
}

export function showFailure(texts: Texts, { text, steps }: Failure): void {
  const page = elementById('failure', HTMLElement);
  const list = makeElement('ul');
  for (const step of steps) list.append(makeElement('li', '', step));
  const reload = makeElement('button', '', texts.notices.reload);
  reload.type = 'button';
  reload.addEventListener('click', () => location.reload());
  page.replaceChildren(
    makeElement('h1', '', texts.failures.title),
    makeElement('p', '', text),
    makeElement('h2', '', texts.failures.next),
    list,
    reload,
  );
  page.hidden = false;
  elementById('canvas', HTMLElement).hidden = true;
  elementById('bar', HTMLElement).hidden = true;
  elementById('loading', HTMLElement).textContent = '';
}
