/** Short messages over the canvas: seen, read aloud, and dismissed by the user or by time. */
import { makeElement } from './elements.ts';

export type NoticeKind = 'info' | 'warning' | 'error';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface NoticeOptions {
  readonly kind?: NoticeKind;
  /** A notice replaces the one with the same key. */
  readonly key?: string;
  /** Next steps that the user can take; the notice goes when one is taken. */
  readonly actions?: readonly NoticeAction[];
}

/** What the region and its buttons are called. */
export interface NoticeTexts {
  readonly region: string;
  readonly dismiss: string;
}

/** News go by themselves; warnings and errors stay until they are dismissed. */
const INFO_MILLISECONDS = 8000;
/** With something to choose they give more time. */
const CHOICE_MILLISECONDS = 20_000;

/** More at once would hide the canvas; the oldest goes. */
const MOST_NOTICES = 5;

export class Notices {
  readonly #region: HTMLElement;
  readonly #texts: NoticeTexts;
  readonly #byKey = new Map<string, HTMLElement>();

  constructor(region: HTMLElement, texts: NoticeTexts) {
    this.#region = region;
    this.#texts = texts;
    region.setAttribute('aria-label', texts.region);
    region.setAttribute('aria-live', 'polite');
  }

  /** Shows a message; the function returned takes it away. */
  show(message: string, { kind = 'info', key, actions = [] }: NoticeOptions = {}): () => void {
    if (key !== undefined) this.#byKey.get(key)?.remove();
    const notice = makeElement('div', `notice ${kind}`);
    if (kind === 'error') notice.setAttribute('role', 'alert');
    notice.append(makeElement('p', '', message));
    const dismiss = makeElement('button', '', '✕');
    dismiss.type = 'button';
    dismiss.setAttribute('aria-label', this.#texts.dismiss);
    dismiss.title = this.#texts.dismiss;
    const remove = (): void => {
      notice.remove();
      if (key !== undefined && this.#byKey.get(key) === notice) this.#byKey.delete(key);
    };
    dismiss.addEventListener('click', remove);
    for (const { label, run } of actions) {
      const button = makeElement('button', '', label);
      button.type = 'button';
      button.addEventListener('click', () => {
        remove();
        run();
      });
      notice.append(button);
    }
    notice.append(dismiss);

    this.#region.append(notice);
    if (key !== undefined) this.#byKey.set(key, notice);
    if (this.#region.childElementCount > MOST_NOTICES) this.#region.firstElementChild?.remove();
    if (kind === 'info') setTimeout(remove, actions.length === 0 ? INFO_MILLISECONDS : CHOICE_MILLISECONDS);
    return remove;
  }

  /** Takes the notice with this key away, if it is shown. */
  remove(key: string): void {
    this.#byKey.get(key)?.remove();
    this.#byKey.delete(key);
  }
}
