/** “What is this?”: five sentences and three pictures, for a guest who wants to know. */
import { makeElement } from '../../shell/elements.ts';
import type { Playground } from '../../../session/playground.ts';
import { drawPictures } from './about-pictures.ts';
import type { GuestTexts } from './texts/index.ts';

/** The size of its letters, in the page's unit: as large as fits, within these limits. */
const LETTERS = { most: 1.35, least: 0.5, notch: 0.05 };

/** Possible widths of its pictures, in em. The pictures shrink before the letters do. */
const PICTURES = [9, 7, 5];

export class AboutPanel {
  readonly element = makeElement('section', 'kiosk-about');
  readonly #playground: Playground;
  /** The button that opens it, which gets the focus back when the panel is closed. */
  readonly #opener: HTMLElement;
  readonly #title = makeElement('h2');
  readonly #figures = makeElement('div', 'kiosk-pictures');
  readonly #pictures: readonly HTMLCanvasElement[];
  readonly #captions: readonly HTMLElement[];
  readonly #sentences = makeElement('ul');
  readonly #close = makeElement('button', 'kiosk-close');

  constructor(playground: Playground, opener: HTMLElement) {
    this.#playground = playground;
    this.#opener = opener;
    this.element.id = 'kiosk-about';
    this.element.hidden = true;
    this.element.setAttribute('role', 'dialog');
    this.#title.id = 'kiosk-about-title';
    this.element.setAttribute('aria-labelledby', this.#title.id);
    opener.setAttribute('aria-expanded', 'false');
    opener.setAttribute('aria-controls', this.element.id);
    const figures = [0, 1, 2].map(() => {
      const figure = makeElement('figure');
      const picture = makeElement('canvas');
      const caption = makeElement('figcaption');
      // The caption describes the picture.
      picture.setAttribute('aria-hidden', 'true');
      figure.append(picture, caption);
      this.#figures.append(figure);
      return { picture, caption };
    });
    this.#pictures = figures.map(({ picture }) => picture);
    this.#captions = figures.map(({ caption }) => caption);
    this.#close.type = 'button';
    this.#close.addEventListener('click', () => (this.isOpen = false));
    const header = makeElement('header');
    header.append(this.#title, this.#close);
    this.element.append(header, this.#figures, this.#sentences);
    // Wait until the room has adapted to the new screen size.
    window.addEventListener('resize', () => requestAnimationFrame(() => this.#fit()));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  set isOpen(isOpen: boolean) {
    if (isOpen === this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = !isOpen;
    this.#opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      const { settings, simulation } = this.#playground;
      drawPictures(this.#pictures, settings.values.palette, simulation.model.specification.classes);
      this.#fit();
      this.#close.focus();
    } else if (hadFocus) {
      this.#opener.focus();
    }
  }

  /** Changes the language. */
  speak({ bar, about }: GuestTexts): void {
    this.#title.textContent = bar.about;
    this.#captions.forEach((caption, index) => (caption.textContent = about.pictures[index] ?? ''));
    this.#sentences.replaceChildren(...about.sentences.map((sentence) => makeElement('li', '', sentence)));
    this.#close.textContent = about.close;
    this.#fit();
  }

  #fit(): void {
    if (!this.isOpen) return;
    const { element } = this;
    for (let letters = LETTERS.most; letters >= LETTERS.least; letters -= LETTERS.notch) {
      for (const picture of PICTURES) {
        element.style.setProperty('--letters', letters.toFixed(2));
        element.style.setProperty('--picture', `${picture}em`);
        if (element.scrollHeight <= element.clientHeight) return;
      }
    }
  }
}
