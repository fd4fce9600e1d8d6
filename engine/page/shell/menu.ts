/**
 * The menu behind one button of the bar. It holds everything that is not needed all the time, in groups. A feature adds
 * its entries when it is connected.
 */
import { elementById, makeElement } from './elements.ts';
import { MENU_GROUPS, type MenuGroup, type MenuItem } from './menu-item.ts';
import type { Attempt, Work } from './work.ts';
import type { Texts } from './texts/index.ts';

export class Menu {
  readonly #holder = elementById('menu', HTMLElement);
  readonly #button = elementById('open-menu', HTMLButtonElement);
  readonly #groups = new Map<MenuGroup, HTMLElement>();
  readonly #items: { element: HTMLButtonElement; isOn: () => boolean }[] = [];
  readonly #keys = new Map<string, Work>();
  readonly #attempt: Attempt;
  readonly #texts: Texts['menu'];

  constructor(texts: Texts, attempt: Attempt) {
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

  /** Returns what a key does, or undefined if no entry uses it. */
  workOf(key: string): Work | undefined {
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
