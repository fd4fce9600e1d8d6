/** The card beside the canvas: how the learning goes on, and what comes of it. */
import './teach.css';
import type { Color } from '../../../view/color.ts';
import { cssColor } from '../../../view/color.ts';
import type { Sign } from '../../../learning/teach/sign.ts';
import type { Measurement, TeachProgress, TeachResult } from '../../../learning/teach/teacher.ts';
import { makeElement } from '../../shell/elements.ts';
import { button } from './button.ts';
import { Curves } from './curves.ts';
import type { TeachTexts } from './texts/teach-texts.ts';
import { TimeLeft } from './time-left.ts';

/** From this share of a sign's cells on, a confusion is worth a sentence. */
const CONFUSED_SHARE = 0.05;

export interface TeachCardParts {
  readonly stop: () => void;
  readonly keep: () => void;
  readonly more: () => void;
  readonly takeBack: () => void;
  readonly save: () => void;
  /** Learns the drawings as further ones of a class that the model has. */
  readonly learnAs: (name: string) => void;
}

export class TeachCard {
  readonly element = makeElement('section', 'teach-card');
  readonly #texts: TeachTexts;
  readonly #percent: Intl.NumberFormat;
  readonly #digits: Intl.NumberFormat;
  readonly #title = makeElement('h2');
  readonly #bar = makeElement('progress');
  readonly #time = makeElement('p', 'teach-quiet');
  readonly #sign = makeElement('p', 'teach-of-sign');
  readonly #known = makeElement('p', 'teach-of-digits');
  readonly #note = makeElement('p', 'teach-status');
  readonly #curves = new Curves();
  readonly #stop: HTMLButtonElement;
  readonly #sameAs: HTMLButtonElement;
  readonly #after: readonly HTMLButtonElement[];
  #timeLeft = new TimeLeft();
  #name = '';
  /** The class that the model takes the sign for, or empty. */
  #takenFor = '';

  constructor(texts: TeachTexts, language: string, parts: TeachCardParts) {
    this.#texts = texts;
    this.#percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    this.#digits = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const { element } = this;
    element.id = 'teach-card';
    element.hidden = true;
    element.setAttribute('aria-label', texts.title);
    this.#title.setAttribute('role', 'status');
    this.#note.setAttribute('role', 'status');
    this.#bar.max = 1;
    this.#stop = button(texts.stop, parts.stop);
    this.#sameAs = button('', () => parts.learnAs(this.#takenFor));
    const keep = button(texts.keep, parts.keep);
    keep.classList.add('primary');
    this.#after = [
      keep,
      button(texts.more, parts.more),
      button(texts.takeBack, parts.takeBack),
      button(texts.save, parts.save),
    ];
    const buttons = makeElement('div', 'teach-buttons');
    buttons.append(this.#stop, this.#sameAs, ...this.#after);
    element.append(
      this.#title,
      this.#bar,
      this.#time,
      this.#curves.element,
      this.#sign,
      this.#known,
      this.#note,
      buttons,
    );
  }

  /** @param color of the sign on the canvas */
  begin({ name }: Sign, color: Color): void {
    this.#name = name;
    this.#timeLeft = new TimeLeft();
    this.#title.textContent = this.#texts.learning(name);
    this.#bar.setAttribute('aria-label', this.#texts.learning(name));
    this.#bar.hidden = false;
    this.#bar.value = 0;
    for (const line of [this.#time, this.#sign, this.#known, this.#note]) line.textContent = '';
    this.element.style.setProperty('--sign', cssColor(color));
    this.#curves.clear(this.#texts.chart(name));
    this.#showButtons(true);
    this.element.hidden = false;
  }

  /** The model already takes the sign for one of its classes. */
  known(name: string, sentence: string): void {
    this.#takenFor = name;
    this.#note.textContent = sentence;
    this.#sameAs.textContent = this.#texts.sameAs(name);
    this.#sameAs.hidden = false;
  }

  /** Tells something while the sign is being learnt. */
  hint(sentence: string): void {
    this.#note.textContent = sentence;
  }

  progress(progress: TeachProgress): void {
    const { share, loss } = progress;
    this.#bar.value = share;
    const left = this.#timeLeft.estimate(progress, performance.now() / 1000);
    const words = [
      ...(left === null ? [] : [this.#texts.secondsLeft(Math.ceil(left))]),
      this.#texts.loss(this.#digits.format(loss)),
    ];
    this.#time.textContent = words.join(' · ');
    this.#curves.reach(share);
  }

  measured({ signs, digits }: Measurement): void {
    const [sign] = signs;
    if (!sign) return;
    this.#sign.textContent = this.#texts.ofSign(this.#name, this.#percent.format(sign.accuracy));
    this.#known.textContent = this.#texts.ofDigits(this.#percent.format(digits.accuracy));
    this.#curves.add([sign.accuracy, digits.accuracy]);
  }

  taught({ measurement, seconds }: TeachResult): void {
    this.measured(measurement);
    this.#title.textContent = this.#texts.taught(this.#name, Math.round(seconds));
    const confusion = measurement.signs[0]?.confusion;
    const isConfused = confusion && confusion.share >= CONFUSED_SHARE;
    this.#end(
      isConfused ? this.#texts.confused(this.#name, confusion.name, this.#percent.format(confusion.share)) : '',
    );
  }

  failed(reason: string): void {
    this.#title.textContent = this.#texts.title;
    this.#end(this.#texts.failed(reason));
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Puts the focus on the first button that is there. */
  focus(): void {
    [this.#stop, ...this.#after].find((one) => !one.hidden)?.focus();
  }

  #end(note: string): void {
    this.#note.textContent = note;
    this.#bar.hidden = true;
    this.#time.textContent = '';
    const hadFocus = document.activeElement === this.#stop;
    this.#showButtons(false);
    if (hadFocus) this.focus();
  }

  #showButtons(isLearning: boolean): void {
    this.#stop.hidden = !isLearning;
    this.#sameAs.hidden = true;
    for (const one of this.#after) one.hidden = isLearning;
  }
}
