/** The small form over the canvas that takes a name and writes it. */
import './write.css';
import { LONGEST_TEXT, type WrittenText } from '../../../session/written-text.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';

/** The time between two pieces of a stroke, each about four cells long: a character takes about a third of a second. */
const PAUSE_MILLISECONDS = 20;

export class WriteForm {
  readonly #page: Page;
  readonly #form = makeElement('form', 'write');
  readonly #input = makeElement('input');
  readonly #status = makeElement('p', 'said');
  /** Counts the texts, to tell whether one is still the latest. */
  #texts = 0;

  constructor(page: Page) {
    const texts = TEXTS[page.language];
    this.#page = page;
    this.#form.id = 'write-form';
    this.#form.setAttribute('role', 'dialog');
    this.#form.setAttribute('aria-label', texts.title);
    const label = makeElement('label', '', texts.text);
    this.#input.type = 'text';
    this.#input.maxLength = LONGEST_TEXT;
    this.#input.autocomplete = 'off';
    this.#input.spellcheck = false;
    label.append(this.#input);
    const write = makeElement('button', '', texts.write);
    write.type = 'submit';
    const close = makeElement('button', 'close', '✕');
    close.type = 'button';
    close.title = texts.close;
    close.setAttribute('aria-label', texts.close);
    close.addEventListener('click', () => this.#close());
    this.#status.setAttribute('role', 'status');
    this.#form.append(label, write, close, this.#status);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      page.attempt(() => this.#write());
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#close();
    });
    this.#form.hidden = true;
    elementById('stage', HTMLElement).append(this.#form);
  }

  open(): void {
    this.#status.textContent = '';
    this.#form.hidden = false;
    this.#input.focus();
    this.#input.select();
  }

  #close(): void {
    this.#form.hidden = true;
    elementById('open-menu', HTMLElement).focus();
  }

  async #write(): Promise<void> {
    const { playground, language } = this.#page;
    const texts = TEXTS[language];
    const text = this.#input.value;
    if (text.trim() === '') {
      this.#status.textContent = texts.empty;
      return;
    }
    const { camera, editor } = playground;
    const centre = camera.toCells({ x: camera.stage.width / 2, y: camera.stage.height / 2 });
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#texts += 1;
    const own = this.#texts;
    this.#status.textContent = texts.writing;
    let said = '';
    try {
      said = this.#describe(await editor.write(text, centre, calm ? undefined : PAUSE_MILLISECONDS));
    } finally {
      if (own === this.#texts) this.#status.textContent = said;
    }
  }

  #describe({ written, missing, left }: WrittenText): string {
    const texts = TEXTS[this.#page.language];
    return [
      ...(written === '' ? [] : [texts.written(written)]),
      ...(missing.length > 0 ? [texts.missing(missing)] : []),
      ...(left === '' ? [] : [texts.left(left)]),
    ].join(' ');
  }
}
