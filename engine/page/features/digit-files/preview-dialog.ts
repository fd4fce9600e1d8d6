/**
 * The dialog that shows the digits of pictures before they are used. During the search, it shows a progress bar and a
 * button to cancel. Then it shows the pictures, with a button over each digit that excludes or includes it.
 */
import './preview.css';
import { makeElement } from '../../shell/elements.ts';
import type { DigitFileTexts } from './texts.ts';
import type { PictureDigit } from './find-digits.ts';

/** A decoded picture and the digits found in it. */
export interface LookedAtPicture {
  readonly canvas: HTMLCanvasElement;
  readonly digits: readonly PictureDigit[];
}

/** A digit is shown at least this large, in CSS pixels, so that a finger can hit it. */
const LEAST_DIGIT_SIZE = 28;
/** No picture is enlarged by more than this factor. */
const MOST_ENLARGEMENT = 3;
/** How the arrow keys move among the digits. */
const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export class PreviewDialog {
  readonly #texts: DigitFileTexts['preview'];
  readonly #element = makeElement('dialog', 'preview');
  readonly #title = makeElement('h2');
  readonly #bar = makeElement('progress');
  readonly #body = makeElement('div', 'preview-body');
  readonly #buttons = makeElement('div', 'buttons');
  readonly #cancel = new AbortController();

  /** @param signal aborted when newer files arrive */
  constructor(texts: DigitFileTexts['preview'], signal: AbortSignal) {
    this.#texts = texts;
    this.#title.id = 'preview-title';
    this.#element.setAttribute('aria-labelledby', this.#title.id);
    this.#bar.setAttribute('aria-labelledby', this.#title.id);
    this.#buttons.append(button(texts.cancel, () => this.#cancel.abort()));
    this.#element.append(this.#title, this.#bar, this.#body, this.#buttons);
    // The dialog handles keys itself while it has the focus, since the page paints with some of them.
    this.#element.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') this.#cancel.abort();
    });
    this.#element.addEventListener('cancel', () => this.#cancel.abort());
    signal.addEventListener('abort', () => this.#cancel.abort());
  }

  /** Aborted when the user cancels or newer files arrive. */
  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  get isCancelled(): boolean {
    return this.signal.aborted;
  }

  /** @param share the share of the work that is done, 0…1 */
  showProgress(name: string, share: number): void {
    this.#title.textContent = this.#texts.looking(name);
    this.#bar.value = share;
    if (this.#element.isConnected) return;
    document.body.append(this.#element);
    // Not modal: the canvas keeps running and can be painted on.
    this.#element.show();
  }

  /**
   * Shows the digits that were found, all of them selected.
   * @param room the number of digits that the canvas has room for
   * @returns the digits to use, or null if there are none
   */
  choose(pictures: readonly LookedAtPicture[], room: number): Promise<readonly PictureDigit[] | null> {
    const all = pictures.flatMap(({ digits }) => digits);
    const left = new Set<PictureDigit>();
    const boxes = new Map<PictureDigit, HTMLButtonElement>();
    const chosen = (): PictureDigit[] => all.filter((digit) => !left.has(digit));
    const status = makeElement('p', 'status');
    status.setAttribute('role', 'status');
    const take = button('', () => undefined);
    take.classList.add('primary');
    const show = (): void => {
      for (const [digit, box] of boxes) box.setAttribute('aria-pressed', String(!left.has(digit)));
      status.textContent = this.#texts.chosen(chosen().length, room);
      take.textContent = this.#texts.take(chosen().length);
      take.disabled = chosen().length === 0;
    };
    const toggle = (digit: PictureDigit): void => {
      if (!left.delete(digit)) left.add(digit);
      show();
    };
    for (const digit of all) {
      const box = button('', () => toggle(digit));
      box.className = 'digit-box';
      box.tabIndex = boxes.size === 0 ? 0 : -1;
      box.setAttribute('aria-label', this.#texts.digit(boxes.size + 1, all.length));
      boxes.set(digit, box);
    }
    const some = (isChosen: boolean) => () => {
      left.clear();
      if (!isChosen) for (const digit of all) left.add(digit);
      show();
    };
    this.#title.textContent = this.#texts.title(all.length);
    this.#bar.hidden = true;
    this.#body.replaceChildren(...pictures.map((picture) => figureOf(picture, boxes)));
    moveByArrows(this.#body, [...boxes.values()]);
    this.#body.before(makeElement('p', 'note', this.#texts.help));
    this.#buttons.prepend(status, button(this.#texts.all, some(true)), button(this.#texts.none, some(false)));
    this.#buttons.append(take);
    show();
    this.#element.close();
    this.#element.classList.add('choosing');
    this.#element.showModal();
    take.focus();
    return new Promise((resolve) => {
      take.addEventListener('click', () => resolve(chosen()));
      this.signal.addEventListener('abort', () => resolve(null));
      if (this.isCancelled) resolve(null);
    });
  }

  close(): void {
    this.#element.close();
    this.#element.remove();
  }
}

/** Returns a picture with the boxes of its digits on top. */
function figureOf({ canvas, digits }: LookedAtPicture, boxes: ReadonlyMap<PictureDigit, HTMLElement>): HTMLElement {
  const figure = makeElement('div', 'preview-picture');
  figure.setAttribute('role', 'group');
  const sizes = digits
    .map(({ box }) => Math.max(box.right - box.left, box.bottom - box.top))
    .sort((one, other) => one - other);
  const usual = sizes[sizes.length >> 1] ?? LEAST_DIGIT_SIZE;
  // As wide as the window. If the digits would be too small to hit, the picture is wider and scrolls.
  const least = Math.min(MOST_ENLARGEMENT, LEAST_DIGIT_SIZE / usual) * canvas.width;
  figure.style.minWidth = `${Math.round(least)}px`;
  figure.style.maxWidth = `${Math.max(Math.round(least), MOST_ENLARGEMENT * canvas.width)}px`;
  figure.append(canvas);
  for (const digit of digits) {
    const element = boxes.get(digit);
    if (!element) continue;
    const { left, top, right, bottom } = digit.box;
    element.style.left = `${(100 * left) / canvas.width}%`;
    element.style.top = `${(100 * top) / canvas.height}%`;
    element.style.width = `${(100 * (right - left)) / canvas.width}%`;
    element.style.height = `${(100 * (bottom - top)) / canvas.height}%`;
    figure.append(element);
  }
  return figure;
}

/** Makes the boxes a single tab stop, with arrow keys to move between them. */
function moveByArrows(holder: HTMLElement, boxes: readonly HTMLButtonElement[]): void {
  holder.addEventListener('keydown', (event) => {
    const at = boxes.findIndex((box) => box === document.activeElement);
    const move = MOVES[event.key];
    if (at < 0 || move === undefined) return;
    event.preventDefault();
    const next = boxes[Math.min(boxes.length - 1, Math.max(0, at + move))];
    boxes[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

function button(label: string, work: () => void): HTMLButtonElement {
  const element = makeElement('button', '', label);
  element.type = 'button';
  element.addEventListener('click', work);
  return element;
}
