/** The small dialog to start, watch and cancel a recording. */
import './record.css';
import type { Page } from '../../shell/feature.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { download } from '../../shell/download.ts';
import { fileName } from './file-name.ts';
import { filmFormats } from './film-formats.ts';
import type { FilmFormat } from './film-sink.ts';
import { plays } from './film-trial.ts';
import { filmScale } from './picture-painter.ts';
import { TEXTS } from './texts.ts';
import { record, RecordingCancelled } from './record.ts';

const MOST_SECONDS = 60;
const USUAL_SECONDS = 5;

export class RecordDialog {
  readonly #page: Page;
  readonly #element = makeElement('section', 'take');
  readonly #seconds = makeElement('input');
  readonly #format = makeElement('select');
  readonly #note = makeElement('p', 'note');
  readonly #start: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #bar = makeElement('progress');
  readonly #status = makeElement('p', 'status');
  #formats: readonly FilmFormat[] = [];
  #running: AbortController | null = null;

  constructor(page: Page) {
    const take = TEXTS[page.language];
    this.#page = page;
    const title = makeElement('h2', '', take.title);
    title.id = 'take-title';
    this.#element.id = 'take';
    this.#element.setAttribute('role', 'dialog');
    this.#element.setAttribute('aria-labelledby', title.id);
    this.#seconds.type = 'number';
    this.#seconds.min = '1';
    this.#seconds.max = String(MOST_SECONDS);
    this.#seconds.valueAsNumber = USUAL_SECONDS;
    this.#start = button(take.start, () => page.attempt(() => this.#record()));
    this.#cancel = button(take.close, () => this.#cancelOrClose());
    this.#bar.setAttribute('aria-label', take.progressLabel);
    this.#status.setAttribute('role', 'status');
    const buttons = makeElement('div', 'buttons');
    buttons.append(this.#start, this.#cancel);
    this.#element.append(
      title,
      field(take.seconds, this.#seconds),
      field(take.format, this.#format),
      this.#note,
      this.#bar,
      this.#status,
      buttons,
    );
    this.#element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#cancelOrClose();
    });
    this.#element.hidden = true;
    elementById('stage', HTMLElement).append(this.#element);
    this.#show();
  }

  async open(): Promise<void> {
    const { playground, language } = this.#page;
    const texts = TEXTS[language];
    const { width, height } = playground.simulation.canvas;
    this.#formats = await filmFormats((mostPixels) => filmScale(width, height, mostPixels));
    this.#format.replaceChildren(
      ...this.#formats.map(({ kind, suffix }, index) => {
        const option = makeElement('option', '', texts.kinds[kind](suffix.toUpperCase()));
        option.value = String(index);
        return option;
      }),
    );
    const hasFilm = this.#formats.some(({ kind }) => kind === 'film');
    this.#note.textContent = hasFilm ? '' : texts.noFilm;
    this.#element.hidden = false;
    this.#seconds.focus();
  }

  #cancelOrClose(): void {
    if (this.#running) {
      this.#running.abort();
      return;
    }
    this.#element.hidden = true;
    elementById('open-menu', HTMLElement).focus();
  }

  async #record(): Promise<void> {
    const { playground, language, notices } = this.#page;
    const texts = TEXTS[language];
    const format = this.#formats[Number(this.#format.value)];
    const asked = this.#seconds.valueAsNumber;
    if (!format || this.#running) return;
    if (!(asked >= 1 && asked <= MOST_SECONDS)) throw new Error(texts.secondsRange(1, MOST_SECONDS));
    const { time, model } = playground.simulation;
    const { step } = time;
    this.#running = new AbortController();
    this.#bar.max = asked;
    this.#bar.value = 0;
    this.#status.textContent = '';
    this.#show();
    const { signal } = this.#running;
    try {
      const file = await record(playground, {
        format,
        seconds: asked,
        signal,
        progress: (seconds) => {
          this.#bar.value = seconds;
          const text = seconds >= asked ? texts.finishing : texts.progress(Math.floor(seconds), asked);
          // Screen readers announce the text when it changes, once a second.
          if (text !== this.#status.textContent) this.#status.textContent = text;
        },
      });
      const name = fileName(model.specification.name, step, format.suffix);
      download(file, name);
      const isSound = format.kind === 'gif' || (await plays(file));
      notices.show(texts.saved(name, file.size));
      if (!isSound) notices.show(texts.unplayable(name), { kind: 'warning' });
      this.#element.hidden = true;
    } catch (error) {
      if (!(error instanceof RecordingCancelled)) throw error;
      notices.show(texts.cancelled);
    } finally {
      this.#running = null;
      this.#show();
    }
  }

  #show(): void {
    const take = TEXTS[this.#page.language];
    const isRunning = this.#running !== null;
    this.#start.disabled = isRunning;
    this.#seconds.disabled = isRunning;
    this.#format.disabled = isRunning;
    this.#bar.hidden = !isRunning;
    this.#status.hidden = !isRunning;
    this.#cancel.textContent = isRunning ? take.cancel : take.close;
    if (isRunning) this.#cancel.focus();
  }
}

function button(label: string, work: () => void): HTMLButtonElement {
  const element = makeElement('button', '', label);
  element.type = 'button';
  element.addEventListener('click', work);
  return element;
}

function field(label: string, input: HTMLElement): HTMLLabelElement {
  const element = makeElement('label', 'field');
  element.append(makeElement('span', '', label), input);
  return element;
}
