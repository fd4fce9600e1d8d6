/** Short messages over the canvas: seen, read aloud, and dismissed by the user or by time. */
import { makeElement } from './elements.ts';
import type { Texts } from './texts/index.ts';

export type NoticeKind = 'info' | 'warning' | 'error';

export interface NoticeOptions {
  readonly kind?: NoticeKind;
  /** A notice replaces the one with the same key. */
  readonly key?: string;
  /** A next step that the user can take. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** News go by themselves; warnings and errors stay until they are dismissed. */
const INFO_MILLISECONDS = 8000;

/** More at once would hide the canvas; the oldest goes. */
const MOST_NOTICES = 5;

export class Notices {
  readonly #region: HTMLElement;
  readonly #texts: Texts['notices'];
  readonly #byKey = new Map<string, HTMLElement>();

  constructor(region: HTMLElement, texts: Texts['notices']) {
    this.#region = region;
    this.#texts = texts;
    region.setAttribute('aria-label', texts.region);
    region.setAttribute('aria-live', 'polite');
  }

  /** Shows a message; the function returned takes it away. */
  show(message: string, { kind = 'info', key, action }: NoticeOptions = {}): () => void {
    if (key !== undefined) this.#byKey.get(key)?.remove();
    const notice = makeElement('div', `notice ${kind}`);
    if (kind === 'error') notice.setAttribute('role', 'alert');
    notice.append(makeElement('p', '', message));
    if (action) {
      const button = makeElement('button', '', action.label);
      button.type = 'button';
      button.addEventListener('click', action.run);
      notice.append(button);
    }
    const dismiss = makeElement('button', '', '✕');
    dismiss.type = 'button';
    dismiss.setAttribute('aria-label', this.#texts.dismiss);
    dismiss.title = this.#texts.dismiss;
    const remove = (): void => {
      notice.remove();
      if (key !== undefined && this.#byKey.get(key) === notice) this.#byKey.delete(key);
    };
    dismiss.addEventListener('click', remove);
    notice.append(dismiss);

    this.#region.append(notice);
    if (key !== undefined) this.#byKey.set(key, notice);
    if (this.#region.childElementCount > MOST_NOTICES) this.#region.firstElementChild?.remove();
    if (kind === 'info') setTimeout(remove, INFO_MILLISECONDS);
    return remove;
  }

  /** Takes the notice with this key away, if it is shown. */
  remove(key: string): void {
    this.#byKey.get(key)?.remove();
    this.#byKey.delete(key);
  }
}
