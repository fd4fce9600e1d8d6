/**
 * The menu behind one button of the bar: everything that is not wanted at every
 * moment, in groups. A feature adds its entries when it is connected.
 */
import { elementById, makeElement } from './elements.ts';
import type { Texts } from './texts/index.ts';

export const MENU_GROUPS = ['canvas', 'look', 'learn', 'take'] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];

/** One line of the menu. */
export interface MenuItem {
  /** Of the element, so that tests and styles find it. */
  readonly id: string;
  readonly group: MenuGroup;
  readonly label: string;
  /** The key that does it from anywhere, as `KeyboardEvent.key` names it, letters small; `Control+` before it for that. */
  readonly key?: string;
  readonly work: () => void | Promise<void>;
  /** For an entry that switches something: whether it is on; asked whenever the menu opens. */
  readonly isOn?: () => boolean;
}

export class Menu {
  readonly #holder = elementById('menu', HTMLElement);
  readonly #button = elementById('open-menu', HTMLButtonElement);
  readonly #groups = new Map<MenuGroup, HTMLElement>();
  readonly #items: { element: HTMLButtonElement; isOn: () => boolean }[] = [];
  readonly #keys = new Map<string, () => void | Promise<void>>();
  readonly #attempt: (work: () => void | Promise<void>) => void;
  readonly #texts: Texts['menu'];

  constructor(texts: Texts, attempt: (work: () => void | Promise<void>) => void) {
    this.#attempt = attempt;
    this.#texts = texts.menu;
    this.#holder.setAttribute('aria-label', texts.menu.label);
    for (const group of MENU_GROUPS) {
      const section = makeElement('section', 'menu-group');
      section.hidden = true;
      section.append(makeElement('h2', '', texts.menu.groups[group]));
      this.#groups.set(group, section);
      this.#holder.append(section);
    }
    this.#button.addEventListener('click', () => this.toggle());
    this.#holder.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.close();
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.#holder.hidden || !(target instanceof Node)) return;
      if (!this.#holder.contains(target) && !this.#button.contains(target)) this.close();
    });
  }

  /** Adds a line at the end of its group. */
  add({ id, group, label, key, work, isOn }: MenuItem): void {
    const element = makeElement('button', '', label);
    element.type = 'button';
    element.id = id;
    element.addEventListener('click', () => {
      this.close();
      this.#attempt(work);
    });
    if (key !== undefined) {
      this.#keys.set(key, work);
      element.setAttribute(
        'aria-keyshortcuts',
        key.replace(/.$/, (letter) => letter.toUpperCase()),
      );
      element.append(makeElement('kbd', '', key.replace('Control+', `${this.#texts.control} `).toUpperCase()));
    }
    if (isOn) this.#items.push({ element, isOn });
    const section = this.#groups.get(group);
    section?.append(element);
    if (section) section.hidden = false;
  }

  /** What a key does, if an entry has it. */
  workOf(key: string): (() => void | Promise<void>) | undefined {
    return this.#keys.get(key);
  }

  toggle(): void {
    if (!this.#holder.hidden) {
      this.close();
      return;
    }
    for (const { element, isOn } of this.#items) element.setAttribute('aria-pressed', String(isOn()));
    this.#holder.hidden = false;
    this.#button.setAttribute('aria-expanded', 'true');
    this.#holder.querySelector('button')?.focus();
  }

  close(): void {
    if (this.#holder.hidden) return;
    this.#holder.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
    this.#button.focus();
  }
}
