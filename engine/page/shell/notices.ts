/**
 * Short messages over the canvas. They are shown, read aloud by screen readers, and dismissed by the user or after a
 * while.
 */
import { makeElement } from './elements.ts';

export type NoticeKind = 'info' | 'warning' | 'error';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface NoticeOptions {
  readonly kind?: NoticeKind;
  /** A notice replaces an earlier one with the same key. */
  readonly key?: string;
  /** Next steps that the user can take. The notice disappears when one is taken. */
  readonly actions?: readonly NoticeAction[];
}

/** The names of the region and its buttons. */
export interface NoticeTexts {
  readonly region: string;
  readonly dismiss: string;
}

/** Information disappears by itself. Warnings and errors stay until they are dismissed. */
const INFO_MILLISECONDS = 8000;
/** Information with actions to choose from stays longer. */
const CHOICE_MILLISECONDS = 20_000;

/** More notices at the same time would hide the canvas, so the oldest is removed. */
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

  /** Shows a message. Returns a function that removes it. */
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

  /** Removes the notice with this key, if it is shown. */
  remove(key: string): void {
    this.#byKey.get(key)?.remove();
    this.#byKey.delete(key);
  }
}
