/**
 * What the exhibit shows over the canvas: the hand, the frame to write in, captions and answers, a warning, the dark
 * screen.
 */
import type { Camera, Point } from '../../../view/camera.ts';
import { type Color, cssColor } from '../../../view/color.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { Mode } from './attendance.ts';
import type { GuestTexts } from './texts/index.ts';
import { PLACE_CELLS } from './writing-place.ts';
import './kiosk.css';

/** Places for the caption, used in turn to prevent burn-in. */
const CAPTION_PLACES = ['place-low', 'place-high'] as const;
type Place = (typeof CAPTION_PLACES)[number];

export class Overlay {
  readonly element = makeElement('div', 'kiosk-overlay');
  /** Covers only the canvas, not the guests' bar next to it. */
  readonly #view = makeElement('div', 'kiosk-view');
  readonly #hand = makeElement('div', 'kiosk-hand');
  readonly #square = makeElement('div', 'kiosk-place');
  readonly #caption = makeElement('p', 'kiosk-caption');
  readonly #answer = makeElement('p', 'kiosk-answer');
  readonly #warning = makeElement('div', 'kiosk-warning');
  readonly #warningTitle = makeElement('h2');
  readonly #warningTime = makeElement('p');
  readonly #stay = makeElement('button');
  readonly #dark = makeElement('div', 'kiosk-dark');
  #texts: GuestTexts;
  #captionPlace: Place = CAPTION_PLACES[0];
  #handCell: Point | null = null;
  #squareCell: Point | null = null;

  constructor(texts: GuestTexts) {
    this.#texts = texts;
    this.#hand.append(handPicture());
    this.#hand.hidden = true;
    this.#square.hidden = true;
    this.#caption.hidden = true;
    // Always present, so that screen readers announce changes.
    this.#answer.setAttribute('role', 'status');
    this.#warning.hidden = true;
    this.#warning.setAttribute('role', 'alertdialog');
    // Any touch ends the warning; the button makes this clear.
    this.#stay.type = 'button';
    this.#warning.append(this.#warningTitle, this.#warningTime, this.#stay);
    this.#dark.hidden = true;
    this.#view.append(this.#square, this.#hand, this.#caption, this.#answer);
    this.element.append(this.#view, this.#warning, this.#dark);
    document.body.append(this.element);
    this.speak(texts);
  }

  /** Adds a part next to the canvas, below the warning. */
  addBeside(part: HTMLElement): void {
    this.element.insertBefore(part, this.#warning);
  }

  /** Adds a part over the canvas. */
  addOver(part: HTMLElement): void {
    this.#view.append(part);
  }

  /** Changes the language. The callers update captions and answers themselves. */
  speak(texts: GuestTexts): void {
    this.#texts = texts;
    this.#warning.setAttribute('aria-label', texts.warning.title);
    this.#warningTitle.textContent = texts.warning.title;
    this.#stay.textContent = texts.warning.stay;
  }

  /** Shows the parts of a mode. */
  showMode(mode: Mode): void {
    document.documentElement.dataset['kiosk'] = mode;
    this.#warning.hidden = mode !== 'warning';
    this.#dark.hidden = mode !== 'closed';
    if (mode === 'show' || mode === 'closed') this.showSquare(null);
    if (mode !== 'show') this.showCaption('');
  }

  showSecondsLeft(seconds: number): void {
    const text = this.#texts.warning.goesOn(Math.ceil(seconds));
    if (this.#warningTime.textContent !== text) this.#warningTime.textContent = text;
  }

  /** Shows a caption at the next place; an empty one hides it. */
  showCaption(text: string): void {
    this.changeCaption(text);
    this.moveCaption();
  }

  /** Changes the caption, where it is. */
  changeCaption(text: string): void {
    if (this.#caption.textContent === text) return;
    this.#caption.hidden = text === '';
    this.#caption.textContent = text;
  }

  /** Moves the caption to the next place, and an answer out of its way. */
  moveCaption(): void {
    this.#captionPlace = other(this.#captionPlace);
    this.#caption.className = `kiosk-caption ${this.#captionPlace}`;
    if (!this.#caption.hidden) this.#answer.className = `kiosk-answer ${other(this.#captionPlace)}`;
  }

  /**
   * Shows what the cells think of some ink, or what to do to find out. An empty text hides it.
   * @param colors the colours of the classes that it names
   * @param isLow whether the ink is in the lower half of the view; the text keeps away from it
   * @param isAside whether it is a request instead of an answer, shown in smaller letters
   */
  showAnswer(text: string, colors: readonly Color[], { isLow, isAside }: { isLow: boolean; isAside: boolean }): void {
    if (text !== '' && this.#caption.hidden) {
      this.#answer.className = `kiosk-answer ${isLow ? 'place-high' : 'place-low'}`;
    }
    this.#answer.toggleAttribute('data-aside', isAside);
    if (this.#answer.textContent === text) return;
    const swatches = colors.map((color) => {
      const swatch = makeElement('span', 'kiosk-swatch');
      swatch.style.setProperty('--swatch', cssColor(color));
      return swatch;
    });
    this.#answer.replaceChildren(...(text === '' ? [] : [...swatches, text]));
  }

  /** Points the hand at a cell; null hides it. */
  pointAt(cell: Point | null): void {
    this.#handCell = cell ? { x: cell.x, y: cell.y } : null;
    this.#hand.hidden = cell === null;
  }

  /** Shows the square to write in, around a cell; null hides it. */
  showSquare(centre: Point | null): void {
    this.#squareCell = centre;
    this.#square.hidden = centre === null;
  }

  /** Moves the hand and the square to where their cells are on the screen. */
  place(camera: Camera): void {
    if (this.#handCell) moveTo(this.#hand, camera.toScreen(this.#handCell));
    if (!this.#squareCell) return;
    const { x, y } = this.#squareCell;
    moveTo(this.#square, camera.toScreen({ x: x - PLACE_CELLS / 2, y: y - PLACE_CELLS / 2 }));
    this.#square.style.setProperty('--side', `${(PLACE_CELLS * camera.pixelsPerCell).toFixed(1)}px`);
  }
}

function moveTo(element: HTMLElement, { x, y }: Point): void {
  element.style.setProperty('translate', `${x.toFixed(1)}px ${y.toFixed(1)}px`);
}

function other(place: Place): Place {
  return place === 'place-low' ? 'place-high' : 'place-low';
}

const SVG = 'http://www.w3.org/2000/svg';

/** A pointing hand whose finger tip is its top left corner. */
function handPicture(): SVGSVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 32 40');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute(
    'd',
    'M3 2c2-1.500 4.200-.4 5 1.500l5 11.500 1-.5c1.800-.8 3.500-.2 4.300 1.300l.7-.3c1.800-.7 3.300 0 4 1.400l.6-.2c1.800-.6 3.300.3 3.900 2l2.200 6.300c1.600 4.600-.6 9-5 10.900l-3.200 1.400c-3.600 1.500-7 .9-10-1.800l-8.600-7.700c-1.500-1.400-1.300-3.300.2-4.400 1.400-1 3-.8 4.400.3l2.200 1.700L2 6C1.300 4.400 1.600 2.900 3 2z',
  );
  picture.append(path);
  return picture;
}

/** Removes notices after a while, because nobody else would. */
export function expireNotices(milliseconds: number): void {
  const region = elementById('notices', HTMLElement);
  const expire = (node: Node): void => {
    setTimeout(() => node.parentNode?.removeChild(node), milliseconds);
  };
  region.childNodes.forEach(expire);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(expire);
  }).observe(region, { childList: true });
}
