/**
 * The card of the lessons: a few sentences, and buttons to the other lessons. It has its own place below the canvas.
 */
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { lessonAt, LessonRunner } from './lesson-runner.ts';
import { LESSONS } from './lessons.ts';
import './lessons.css';

export class LessonCard {
  readonly #page: Page;
  readonly #texts: (typeof TEXTS)['en'];
  readonly #runner: LessonRunner;
  readonly #element = makeElement('section', 'lesson');
  readonly #title = makeElement('h2');
  readonly #text = makeElement('p');
  readonly #figure = makeElement('p', 'lesson-figure');
  readonly #count = makeElement('span', 'lesson-count');
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  #index = 0;
  #isOpen = false;
  /** Lessons are set up one after the other, however fast the buttons are pressed. */

  constructor(page: Page) {
    const texts = TEXTS[page.language];
    this.#page = page;
    this.#texts = texts;
    this.#runner = new LessonRunner(page, (step, share) => {
      this.#figure.textContent = texts.learnt(step, share);
    });
    this.#element.id = 'lesson';
    this.#element.hidden = true;
    this.#element.setAttribute('aria-label', texts.title);
    this.#title.tabIndex = -1;
    this.#previous = this.#button('lesson-previous', texts.previous, () => this.#show(this.#index - 1));
    this.#next = this.#button('lesson-next', texts.next, () => this.#show(this.#index + 1));
    const again = this.#button('lesson-again', texts.again, () => this.#show(this.#index));
    const leave = this.#button('lesson-leave', texts.leave, () => this.close());
    const buttons = makeElement('div', 'lesson-buttons');
    buttons.append(this.#previous, this.#count, this.#next, again, leave);
    this.#element.append(this.#title, this.#text, this.#figure, buttons);
    this.#element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      page.attempt(() => this.close());
    });
    elementById('bar', HTMLElement).before(this.#element);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): Promise<void> {
    this.#isOpen = true;
    this.#element.hidden = false;
    return this.#show(0);
  }

  close(): Promise<void> {
    this.#isOpen = false;
    this.#element.hidden = true;
    elementById('canvas', HTMLCanvasElement).focus();
    return this.#runner.leave();
  }

  #show(index: number): Promise<void> {
    const lesson = lessonAt(index);
    const { scenes, count } = this.#texts;
    this.#index = LESSONS.indexOf(lesson);
    const { title, text } = scenes[lesson.name];
    this.#title.textContent = title;
    this.#text.textContent = text;
    this.#figure.textContent = '';
    this.#count.textContent = count(this.#index + 1, LESSONS.length);
    this.#previous.disabled = this.#index === 0;
    this.#next.disabled = this.#index === LESSONS.length - 1;
    // A screen reader starts reading at the new title.
    this.#title.focus();
    this.#element.setAttribute('aria-busy', 'true');
    return this.#runner.show(lesson).finally(() => {
      if (!this.#runner.isBusy) this.#element.setAttribute('aria-busy', 'false');
    });
  }

  #button(id: string, label: string, work: () => Promise<void>): HTMLButtonElement {
    const button = makeElement('button', '', label);
    button.type = 'button';
    button.id = id;
    button.addEventListener('click', () => this.#page.attempt(work));
    return button;
  }
}
