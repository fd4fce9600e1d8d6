/** The bar with the guests' few buttons, large and labelled, and the languages. */
import type { Playground } from '../../../session/playground.ts';
import type { Tool } from '../../../session/settings.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { Point } from '../../../view/camera.ts';
import { ZOOM_PRESS } from '../../shell/toolbar.ts';
import type { Language } from './languages.ts';
import { GUEST_TEXTS, type GuestTexts } from './texts/index.ts';

export interface GuestBarParts {
  readonly playground: Playground;
  readonly attempt: (work: () => void | Promise<void>) => void;
  /** The languages that a guest may choose from; a single one is not shown. */
  readonly languages: readonly Language[];
  readonly chose: (language: Language) => void;
  /** Puts new digits everywhere. */
  readonly fill: () => Promise<void>;
  /** Lets the guest teach a sign, or null if the exhibit does not offer that. */
  readonly teach: (() => Promise<void>) | null;
  /** Shows or hides the explanation. */
  readonly explain: () => void;
}

const GUEST_TOOLS = ['brush', 'eraser', 'damage'] as const satisfies readonly Tool[];

type Label = Exclude<keyof GuestTexts['bar'], 'label' | 'languages'>;

export class GuestBar {
  readonly element = makeElement('div', 'kiosk-bar');
  /** The button that shows the explanation. */
  readonly about: HTMLButtonElement;
  readonly #parts: GuestBarParts;
  readonly #labels = new Map<Label, HTMLElement>();
  readonly #languageGroup = makeElement('div', 'kiosk-languages');
  readonly #languageButtons = new Map<Language, HTMLButtonElement>();
  #touched: Point | null = null;

  constructor(parts: GuestBarParts) {
    this.#parts = parts;
    const { settings, editor } = parts.playground;
    this.element.setAttribute('role', 'toolbar');
    editor.events.on('touched', (cell) => {
      this.#touched = cell;
    });
    const tools = GUEST_TOOLS.map((tool) => ({
      tool,
      button: this.#add(tool, iconOf(tool), () => settings.set({ tool })),
    }));
    this.#add('fill', iconOf('fill'), parts.fill);
    this.#add('zoomIn', iconOf('zoom-in'), () => this.#zoom(ZOOM_PRESS ** 2));
    this.#add('zoomOut', iconOf('zoom-out'), () => this.#zoom(1 / ZOOM_PRESS ** 2));
    if (parts.teach) this.#add('teach', mark('★'), parts.teach);
    this.about = this.#add('about', mark('?'), parts.explain);
    this.#addLanguages();
    const show = (): void => {
      for (const { tool, button } of tools) button.setAttribute('aria-pressed', String(settings.values.tool === tool));
    };
    settings.events.on('change', show);
    show();
  }

  /** Changes the language. */
  speak(language: Language): void {
    const { bar } = GUEST_TEXTS[language];
    this.element.setAttribute('aria-label', bar.label);
    this.#languageGroup.setAttribute('aria-label', bar.languages);
    for (const [label, element] of this.#labels) element.textContent = bar[label];
    for (const [name, button] of this.#languageButtons) button.setAttribute('aria-pressed', String(name === language));
  }

  #add(label: Label, icon: Node | null, work: () => void | Promise<void>): HTMLButtonElement {
    const button = makeElement('button');
    button.type = 'button';
    const text = makeElement('span');
    this.#labels.set(label, text);
    button.append(...(icon ? [icon] : []), text);
    button.addEventListener('click', () => this.#parts.attempt(work));
    this.element.append(button);
    return button;
  }

  #addLanguages(): void {
    const { languages, chose } = this.#parts;
    if (languages.length < 2) return;
    this.#languageGroup.setAttribute('role', 'group');
    for (const language of languages) {
      const button = makeElement('button', '', language.toUpperCase());
      button.type = 'button';
      button.lang = language;
      button.setAttribute('aria-label', `${language.toUpperCase()}, ${GUEST_TEXTS[language].name}`);
      button.addEventListener('click', () => chose(language));
      this.#languageButtons.set(language, button);
      this.#languageGroup.append(button);
    }
    this.element.append(this.#languageGroup);
  }

  /** Zooms around the cell that was last touched, which is where the guest stands. */
  #zoom(factor: number): void {
    const { camera } = this.#parts.playground;
    const middle = { x: camera.stage.width / 2, y: camera.stage.height / 2 };
    camera.zoom(factor, this.#touched ? camera.toScreen(this.#touched) : middle);
  }
}

/** A copy of the icon of the page's own button. */
function iconOf(id: string): Node | null {
  return elementById(id, HTMLElement).querySelector('svg')?.cloneNode(true) ?? null;
}

function mark(character: string): HTMLElement {
  const element = makeElement('span', 'icon kiosk-question', character);
  element.setAttribute('aria-hidden', 'true');
  return element;
}
