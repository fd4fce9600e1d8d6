/** What the exhibit lays over the canvas: the hand, a caption, the guests' buttons, a warning, the dark. */
import type { Camera, Point } from '../../view/camera.ts';
import { elementById, makeElement } from '../elements.ts';
import type { Texts } from '../texts/index.ts';
import type { Mode } from './attendance.ts';
import './kiosk.css';

/** Places for the caption, in turn, so that it burns in nowhere. */
const CAPTION_PLACES = ['place-low', 'place-high'] as const;

export class Overlay {
  readonly element = makeElement('div', 'kiosk-overlay');
  /** Holds the guests' buttons. */
  readonly bar = makeElement('div', 'kiosk-bar');
  readonly #hand = makeElement('div', 'kiosk-hand');
  readonly #caption = makeElement('p', 'kiosk-caption');
  readonly #warning = makeElement('div', 'kiosk-warning');
  readonly #warningTime = makeElement('p');
  readonly #dark = makeElement('div', 'kiosk-dark');
  readonly #texts: Texts['kiosk'];
  #place = 0;
  #cell: Point | null = null;

  constructor(texts: Texts['kiosk']) {
    this.#texts = texts;
    this.bar.setAttribute('role', 'toolbar');
    this.bar.setAttribute('aria-label', texts.tools);
    this.#hand.append(handPicture());
    this.#hand.hidden = true;
    this.#caption.hidden = true;
    this.#warning.hidden = true;
    this.#warning.setAttribute('role', 'alertdialog');
    this.#warning.setAttribute('aria-label', texts.warning);
    // Any touch at all keeps the guest; the button says so.
    const stay = makeElement('button', '', texts.stay);
    stay.type = 'button';
    this.#warning.append(makeElement('h2', '', texts.warning), this.#warningTime, stay);
    this.#dark.hidden = true;
    this.element.append(this.#hand, this.#caption, this.bar, this.#warning, this.#dark);
    document.body.append(this.element);
  }

  /** Shows what belongs to a mode. */
  showMode(mode: Mode): void {
    document.documentElement.dataset['kiosk'] = mode;
    this.bar.hidden = mode === 'show' || mode === 'closed';
    this.#warning.hidden = mode !== 'warning';
    this.#dark.hidden = mode !== 'closed';
    if (mode !== 'show') this.showCaption('');
  }

  showSecondsLeft(seconds: number): void {
    const text = this.#texts.goesOn(Math.ceil(seconds));
    if (this.#warningTime.textContent !== text) this.#warningTime.textContent = text;
  }

  /** Shows a caption at the next place; an empty one hides it. */
  showCaption(text: string): void {
    this.#caption.hidden = text === '';
    this.#caption.textContent = text;
    this.moveCaption();
  }

  /** Brings the caption to the next place. */
  moveCaption(): void {
    this.#place = (this.#place + 1) % CAPTION_PLACES.length;
    this.#caption.className = `kiosk-caption ${CAPTION_PLACES[this.#place]}`;
  }

  /** The hand points at a cell; null hides it. */
  pointAt(cell: Point | null): void {
    this.#cell = cell ? { x: cell.x, y: cell.y } : null;
    this.#hand.hidden = cell === null;
  }

  /** Brings the hand to where its cell is on the screen. */
  placeHand(camera: Camera): void {
    if (!this.#cell) return;
    const { x, y } = camera.toScreen(this.#cell);
    this.#hand.style.setProperty('translate', `${x.toFixed(1)}px ${y.toFixed(1)}px`);
  }
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

/** Takes notices away after a while: there is nobody who would. */
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
