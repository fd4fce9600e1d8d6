/**
 * The card of the lessons: a few sentences, and buttons to the other lessons. It has its own place below the canvas.
 */
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { LessonRunner } from './lesson-runner.ts';
import { type Lesson, lessonsWith } from './lessons.ts';
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
  #lessons: readonly Lesson[] = [];
  #index = 0;
  #isOpen = false;

  constructor(page: Page) {
    const texts = TEXTS[page.language];
    this.#page = page;
    this.#texts = texts;
    const tell = (sentence: string): void => {
      this.#figure.textContent = sentence;
    };
    this.#runner = new LessonRunner(page, {
      learnt: (step, share) => tell(texts.learnt(step, share)),
      undecided: (other, digit) => tell(texts.undecided(other, digit)),
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
    this.#lessons = lessonsWith(this.#page.library);
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
    const last = this.#lessons.length - 1;
    const { scenes, count } = this.#texts;
    this.#index = Math.min(last, Math.max(0, index));
    const lesson = this.#lessons[this.#index];
    const { title, text } = scenes[lesson.name];
    this.#title.textContent = title;
    this.#text.textContent = text;
    this.#figure.textContent = '';
    this.#count.textContent = count(this.#index + 1, this.#lessons.length);
    this.#previous.disabled = this.#index === 0;
    this.#next.disabled = this.#index === last;
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
