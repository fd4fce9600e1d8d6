/**
 * The page for setting up a wall: its screens as rectangles that can be moved and resized, in millimetres. Every screen
 * shows its number and its part of the picture meanwhile. The result is a text for the settings file.
 */
import { RealClock } from '../../../core/clock.ts';
import { boundsOf, type WallScreen } from '../../../together/geometry.ts';
import { PROTOCOL_VERSION } from '../../../together/limits.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { StartError } from '../../shell/failure-page.ts';
import type { Query } from '../../shell/query.ts';
import type { Language } from '../../shell/texts/localized.ts';
import { WallConnection } from './connection.ts';
import { ownKey } from './own-key.ts';
import { TEXTS } from './texts.ts';
import './wall.css';

type Field = keyof WallScreen;

const FIELDS: readonly Field[] = ['x', 'y', 'width', 'height'];
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** With Shift, arrows move by this many millimetres. */
const LARGE_STEP = 10;
const LEAST_SIDE = 10;

/** Shows the page. It never becomes a canvas. */
export async function arrangeWall(query: Query, language: Language): Promise<never> {
  const texts = TEXTS[language];
  const connection = new WallConnection(new RealClock(), new URL('./', location.href).href, () => ({
    version: PROTOCOL_VERSION,
    role: 'operator',
    token: query.token ?? '',
    key: ownKey(),
  }));
  const reason = await new Promise<string | null>((resolve) => {
    connection.events.on('welcome', () => resolve(null));
    connection.events.on('closed', resolve);
  });
  if (reason !== null) throw new StartError({ text: texts.waiting(reason), steps: [] });
  const board = new Board(connection, texts, connection.latest.welcome?.screens ?? []);
  elementById('stage', HTMLElement).replaceChildren(board.element);
  connection.events.on('welcome', () => board.tell());
  return new Promise(() => undefined);
}

class Board {
  readonly element = makeElement('section', 'wall-setup');
  readonly #connection: WallConnection;
  readonly #texts: (typeof TEXTS)['en'];
  readonly #plan = makeElement('div', 'wall-plan');
  readonly #fields = makeElement('fieldset', 'wall-fields');
  readonly #output = makeElement('textarea', 'wall-output');
  #screens: WallScreen[];
  #chosen = 0;
  /** Pixels of the plan for a millimetre, and the plan's origin; they stay while a screen is being dragged. */
  #scale = 1;
  #origin = { x: 0, y: 0 };

  constructor(connection: WallConnection, texts: (typeof TEXTS)['en'], screens: readonly WallScreen[]) {
    this.#connection = connection;
    this.#texts = texts;
    this.#screens = [...screens];
    this.#output.readOnly = true;
    this.#output.setAttribute('aria-label', texts.output);
    const add = makeElement('button', '', texts.add);
    add.addEventListener('click', () => this.#add());
    const remove = makeElement('button', '', texts.remove);
    remove.addEventListener('click', () => this.#remove());
    const copy = makeElement('button', '', texts.copy);
    copy.addEventListener('click', () => {
      this.#output.select();
      void navigator.clipboard?.writeText(this.#output.value).catch(() => undefined);
    });
    const buttons = makeElement('p', 'wall-buttons');
    buttons.append(add, remove, copy);
    const heading = makeElement('h2', '', texts.setUp);
    const help = makeElement('p', '', texts.setUpHelp);
    this.element.append(heading, help, this.#plan, this.#fields, buttons, this.#output);
    new ResizeObserver(() => this.#fit()).observe(this.#plan);
    this.#show();
  }

  /** Tells the screens where they are. */
  tell(): void {
    this.#connection.send('arrange', { screens: this.#screens.map((screen) => ({ ...screen })), isNumbered: true });
  }

  #fit(): void {
    const { x, y, width, height } = boundsOf(this.#screens);
    this.#scale = 0.9 * Math.min(this.#plan.clientWidth / width, this.#plan.clientHeight / height);
    this.#origin = {
      x: x - (this.#plan.clientWidth / this.#scale - width) / 2,
      y: y - (this.#plan.clientHeight / this.#scale - height) / 2,
    };
    this.#place();
  }

  #show(): void {
    this.#plan.replaceChildren(...this.#screens.map((_, index) => this.#makeScreen(index)));
    this.#fields.replaceChildren(makeElement('legend', '', this.#texts.screen(this.#chosen + 1)));
    for (const field of FIELDS) this.#fields.append(this.#makeField(field));
    this.#fit();
    this.#changed();
  }

  #makeScreen(index: number): HTMLElement {
    const button = makeElement('button', 'wall-screen', String(index + 1));
    button.setAttribute('aria-label', this.#texts.screen(index + 1));
    button.addEventListener('focus', () => this.#choose(index));
    button.addEventListener('keydown', (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      const step = event.shiftKey ? LARGE_STEP : 1;
      this.#move(index, arrow[0] * step, arrow[1] * step);
      this.#fit();
    });
    button.addEventListener('pointerdown', (event) => {
      button.setPointerCapture(event.pointerId);
      button.focus();
    });
    button.addEventListener('pointermove', (event) => {
      if (!button.hasPointerCapture(event.pointerId)) return;
      this.#move(index, event.movementX / this.#scale, event.movementY / this.#scale);
    });
    button.addEventListener('pointerup', () => {
      const { x, y, ...size } = this.#screens[index];
      this.#screens[index] = { x: Math.round(x), y: Math.round(y), ...size };
      this.#fit();
      this.#changed();
    });
    return button;
  }

  #makeField(field: Field): HTMLElement {
    const label = makeElement('label', '', this.#texts.fields[field]);
    const input = makeElement('input');
    input.type = 'number';
    input.name = field;
    input.addEventListener('change', () => {
      const value = Number(input.value);
      const isSize = field === 'width' || field === 'height';
      const usable = Number.isFinite(value) && Math.abs(value) <= 100_000 && (!isSize || value >= LEAST_SIDE);
      if (usable) this.#screens[this.#chosen] = { ...this.#screens[this.#chosen], [field]: value };
      this.#fit();
      this.#changed();
    });
    label.append(input);
    return label;
  }

  #choose(index: number): void {
    this.#chosen = index;
    this.#changed();
  }

  #move(index: number, x: number, y: number): void {
    const screen = this.#screens[index];
    this.#screens[index] = { ...screen, x: screen.x + x, y: screen.y + y };
    this.#place();
    this.#changed();
  }

  #add(): void {
    const { x, y, width } = boundsOf(this.#screens);
    const last = this.#screens[this.#screens.length - 1];
    this.#screens.push({ ...last, x: x + width, y });
    this.#chosen = this.#screens.length - 1;
    this.#show();
  }

  #remove(): void {
    if (this.#screens.length === 1) return;
    this.#screens.splice(this.#chosen, 1);
    this.#chosen = Math.min(this.#chosen, this.#screens.length - 1);
    this.#show();
  }

  #place(): void {
    [...this.#plan.children].forEach((button, index) => {
      if (!(button instanceof HTMLElement)) return;
      const { x, y, width, height } = this.#screens[index];
      button.style.left = `${(x - this.#origin.x) * this.#scale}px`;
      button.style.top = `${(y - this.#origin.y) * this.#scale}px`;
      button.style.width = `${width * this.#scale}px`;
      button.style.height = `${height * this.#scale}px`;
    });
  }

  #changed(): void {
    const chosen = this.#screens[this.#chosen];
    for (const input of this.#fields.querySelectorAll('input')) {
      input.value = String(Math.round(chosen[input.name as Field]));
    }
    const legend = this.#fields.querySelector('legend');
    if (legend) legend.textContent = this.#texts.screen(this.#chosen + 1);
    const lines = this.#screens.map(({ x, y, width, height }) =>
      JSON.stringify({ x: Math.round(x), y: Math.round(y), width, height }),
    );
    this.#output.value = `"screens": [\n  ${lines.join(',\n  ')}\n]`;
    this.tell();
  }
}
