/** The card that describes a digit and a cell in figures and pictures, each of them also in words. */
import { type CellRecord, MIDDLE, type Neighbourhood } from '../../../automaton/cell-probe.ts';
import type { Messages } from '../../../automaton/messages.ts';
import type { DigitStatistics } from '../../../automaton/types.ts';
import type { Model } from '../../../common/model/weights.ts';
import { cssColor } from '../../../view/color.ts';
import { makePalette, type Palette } from '../../../view/palettes.ts';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';
import { makeElement } from '../../shell/elements.ts';
import { drawVotes } from './vote-chart.ts';
import type { VoteShares } from './vote-history.ts';

/** Everything that the card shows at one time. */
export interface Inspected {
  readonly model: Model;
  readonly column: number;
  readonly row: number;
  /** Undefined while the tile is empty. */
  readonly digit: DigitStatistics | undefined;
  /** Whether the digits have been measured since the card was opened. */
  readonly isMeasured: boolean;
  readonly votes: readonly (VoteShares | null)[];
  readonly around: Neighbourhood;
  readonly messages: Messages;
  readonly isPinned: boolean;
}

interface CardActions {
  readonly close: () => void;
  /** Chooses another cell. */
  readonly choose: (x: number, y: number) => void;
}

/** A logit of this size fills its bar. */
const FULL_LOGIT = 1;

/** A channel's value of this size is shown in full colour. */
const FULL_CHANNEL = 1;

/** One line with colour, name, bar and figure. */
interface Bar {
  readonly row: HTMLElement;
  readonly fill: HTMLElement;
  readonly figure: HTMLElement;
}

export class InspectorCard {
  readonly element = makeElement('section', 'inspector');
  readonly #page: Page;
  readonly #texts: (typeof TEXTS)['en'];
  readonly #actions: CardActions;
  readonly #digit = makeElement('p', 'inspector-line');
  readonly #cell = makeElement('p', 'inspector-line');
  readonly #hint = makeElement('p', 'inspector-hint');
  readonly #chart = makeElement('canvas', 'inspector-chart');
  readonly #logits = makeElement('ul', 'inspector-bars');
  readonly #channels = makeElement('ul', 'inspector-channels');
  readonly #neighbours = makeElement('div', 'inspector-neighbours');
  readonly #close = makeElement('button', 'inspector-close', '✕');
  #bars: readonly Bar[] = [];
  #model: Model | null = null;
  #around: Neighbourhood | null = null;

  constructor(page: Page, actions: CardActions) {
    this.#page = page;
    this.#texts = TEXTS[page.language];
    this.#actions = actions;
    const texts = this.#texts;
    this.element.id = 'inspector';
    this.element.hidden = true;
    this.element.setAttribute('aria-label', texts.title);
    this.#close.type = 'button';
    this.#close.setAttribute('aria-label', texts.close);
    this.#close.title = texts.close;
    this.#close.addEventListener('click', actions.close);
    this.#chart.setAttribute('role', 'img');
    // Until something is measured, the label can only say what the chart will show.
    this.#chart.setAttribute('aria-label', texts.title);
    this.#neighbours.setAttribute('role', 'group');
    this.#neighbours.setAttribute('aria-label', texts.neighbours);
    for (let index = 0; index < 9; index += 1) this.#neighbours.append(this.#makeNeighbour(index));
    const header = makeElement('header');
    header.append(makeElement('h2', '', texts.title), this.#close);
    const cell = makeElement('div', 'inspector-cell');
    cell.append(
      section(texts.logits, this.#logits),
      section(texts.neighbours, this.#neighbours),
      section(texts.channels, this.#channels),
    );
    this.element.append(header, this.#digit, this.#chart, this.#cell, cell, this.#hint);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      actions.close();
    });
  }

  focus(): void {
    this.#close.focus();
  }

  show(inspected: Inspected): void {
    const { model, around, messages, votes } = inspected;
    const { palette: name, hueShift } = this.#page.playground.settings.values;
    const palette = makePalette(name, model.specification.classes, hueShift);
    if (this.#model !== model) this.#rebuild(model);
    this.#model = model;
    this.#around = around;
    this.#setTexts(inspected);
    this.#chart.setAttribute('aria-label', this.#digit.textContent || this.#texts.title);
    drawVotes(this.#chart, votes, palette);
    this.#showLogits(model, around.cells[MIDDLE], palette);
    this.#showChannels(around.cells[MIDDLE]);
    around.cells.forEach((cell, index) => this.#showNeighbour(index, cell, messages.shares[index], palette));
  }

  #setTexts({ model, column, row, digit, isMeasured, around, isPinned }: Inspected): void {
    const texts = this.#texts;
    const { classes } = model.specification;
    const cell = around.cells[MIDDLE];
    setText(this.#hint, isPinned ? texts.pinned : texts.follows);
    setText(
      this.#digit,
      digit
        ? texts.digit({
            column: column + 1,
            row: row + 1,
            inkCells: digit.inkCells,
            agreement: digit.agreement,
            undecided: digit.undecided,
            vote: digit.vote === null ? null : classes[digit.vote].name,
            label: digit.label === null ? null : classes[digit.label].name,
            others: othersOf(digit, model),
          })
        : isMeasured
          ? texts.empty(column + 1, row + 1)
          : '',
    );
    setText(
      this.#cell,
      texts.cell({
        x: cell.x,
        y: cell.y,
        ink: cell.ink,
        isAlive: cell.isAlive,
        says: nameOf(cell, model),
        confidence: cell.confidence,
      }),
    );
  }

  #rebuild(model: Model): void {
    this.#bars = model.specification.classes.map(({ name }) => {
      const row = makeElement('li');
      const track = makeElement('span', 'inspector-track');
      const fill = makeElement('span', 'inspector-fill');
      const figure = makeElement('span', 'inspector-figure');
      track.append(fill);
      row.append(makeElement('span', 'inspector-name', name), track, figure);
      return { row, fill, figure };
    });
    this.#logits.replaceChildren(...this.#bars.map(({ row }) => row));
    const names = channelNames(model, this.#texts.ink);
    this.#channels.replaceChildren(
      ...names.map((name) => {
        const item = makeElement('li');
        item.append(makeElement('span', 'inspector-name', name), makeElement('span', 'inspector-figure'));
        return item;
      }),
    );
  }

  #showLogits(model: Model, cell: CellRecord, palette: Palette): void {
    const { firstLogit } = model.specification.channels;
    this.#bars.forEach(({ fill, figure }, label) => {
      const logit = cell.channels[firstLogit + label];
      const share = Math.max(-1, Math.min(1, logit / FULL_LOGIT)) / 2;
      fill.style.setProperty('--from', String(Math.min(0.5, 0.5 + share)));
      fill.style.setProperty('--size', String(Math.abs(share)));
      fill.style.setProperty('--swatch', cssColor(palette.classes[label]));
      setText(figure, this.#texts.value(logit));
    });
  }

  #showChannels(cell: CellRecord): void {
    [...this.#channels.children].forEach((item, channel) => {
      const value = cell.channels[channel];
      if (!(item instanceof HTMLElement)) return;
      item.style.setProperty('--level', `${Math.round(100 * Math.min(1, Math.abs(value) / FULL_CHANNEL))}%`);
      item.classList.toggle('negative', value < 0);
      const figure = item.lastElementChild;
      if (figure instanceof HTMLElement) setText(figure, this.#texts.value(value));
    });
  }

  #makeNeighbour(index: number): HTMLElement {
    const button = makeElement('button', 'inspector-neighbour');
    button.type = 'button';
    // The button needs a name even before the first figures arrive.
    button.append(makeElement('span', 'swatch'), makeElement('strong', '', '·'), makeElement('small'));
    button.addEventListener('click', () => {
      const cell = this.#around?.cells[index];
      if (cell) this.#actions.choose(cell.x, cell.y);
    });
    return button;
  }

  /** Shows what a neighbour believes, and the class that it favours most. */
  #showNeighbour(index: number, cell: CellRecord, shares: readonly number[], palette: Palette): void {
    const button = this.#neighbours.children[index];
    const model = this.#model;
    if (!(button instanceof HTMLElement) || !model) return;
    const texts = this.#texts;
    const strongest = shares.indexOf(Math.max(...shares));
    const push = cell.isAlive && shares[strongest] > 0 ? shares[strongest] : null;
    const says = nameOf(cell, model);
    const [swatch, name, message] = button.children;
    const color =
      cell.label >= 0 ? palette.classes[cell.label] : cell.label === -1 ? palette.background : palette.undecided;
    if (swatch instanceof HTMLElement) swatch.style.setProperty('--swatch', cssColor(color));
    if (name instanceof HTMLElement) setText(name, says ?? (cell.label === -1 ? '·' : '?'));
    const target = model.specification.classes[strongest].name;
    if (message instanceof HTMLElement) setText(message, push === null ? '' : texts.push(target, push));
    button.classList.toggle('middle', index === MIDDLE);
    button.setAttribute(
      'aria-label',
      texts.neighbour({
        x: cell.x,
        y: cell.y,
        says,
        hasInk: cell.label !== -1,
        target: push === null ? null : target,
        push: push ?? 0,
      }),
    );
  }
}

function section(title: string, content: HTMLElement): HTMLElement {
  const element = makeElement('section');
  element.append(makeElement('h3', '', title), content);
  return element;
}

/** Sets a text only if it differs, so that a screen reader is not interrupted. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function nameOf(cell: CellRecord, model: Model): string | null {
  return cell.label >= 0 ? model.specification.classes[cell.label].name : null;
}

/** Returns the other classes that cells of a digit vote for, the most frequent first. */
function othersOf({ votes, vote }: DigitStatistics, model: Model): { name: string; cells: number }[] {
  return votes
    .map((cells, label) => ({ label, cells, name: model.specification.classes[label].name }))
    .filter(({ label, cells }) => cells > 0 && label !== vote)
    .sort((one, other) => other.cells - one.cells)
    .slice(0, 3);
}

function channelNames({ specification }: Model, ink: string): string[] {
  const { count, ink: inkChannel, firstLogit } = specification.channels;
  return Array.from({ length: count }, (_, channel) => {
    if (channel === inkChannel) return ink;
    const label = channel - firstLogit;
    return label >= 0 && label < specification.classes.length
      ? `= ${specification.classes[label].name}`
      : String(channel);
  });
}
