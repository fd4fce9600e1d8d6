/** The dialog in which a sign is named, coloured and drawn. */
import './teach.css';
import type { Color } from '../../../view/color.ts';
import { cssColor } from '../../../view/color.ts';
import { Random } from '../../../common/random/random.ts';
import type { Sign } from '../../../learning/teach/sign.ts';
import type { SignIssue } from '../../../learning/teach/sign-issue.ts';
import { makeElement } from '../../shell/elements.ts';
import { button } from './button.ts';
import type { Draft } from './draft.ts';
import { DrawingSheet, TILES } from './drawing-sheet.ts';
import { DrawingTile } from './drawing-tile.ts';
import type { TeachTexts } from './texts/teach-texts.ts';
import { drawnAgain } from './vary-drawing.ts';

/** Names to touch, since an exhibit has no keyboard. */
const NAMES = ['♥', '★', '☺', '→', '☀', 'A', 'K', 'π'];

/** The longest name of a class. */
const MOST_NAME = 32;

export interface TeachDialogParts {
  readonly check: (sign: Sign) => readonly SignIssue[];
  readonly learn: (sign: Sign) => void;
  /** Called after every change. */
  readonly changed: (draft: Draft) => void;
  readonly closed: () => void;
}

export class TeachDialog {
  readonly element = makeElement('dialog', 'teach');
  readonly #texts: TeachTexts;
  readonly #parts: TeachDialogParts;
  readonly #sheet: DrawingSheet;
  readonly #tiles: readonly DrawingTile[];
  readonly #name = makeElement('input');
  readonly #colors = makeElement('div', 'teach-colors');
  readonly #status = makeElement('p', 'teach-status');
  readonly #count = makeElement('span', 'teach-count');
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #clearAll: HTMLButtonElement;
  readonly #another: HTMLButtonElement;
  readonly #learn: HTMLButtonElement;
  readonly #random = new Random(1);
  #chosen = 0;
  /** The hints that were shown; they do not prevent learning. */
  #hints = '';

  constructor(texts: TeachTexts, parts: TeachDialogParts) {
    this.#texts = texts;
    this.#parts = parts;
    this.#sheet = new DrawingSheet(() => this.#changed());
    const sheet = this.#sheet;
    this.#tiles = Array.from({ length: TILES }, (_, tile) => {
      return new DrawingTile({
        drew: (stroke) => sheet.addStroke(tile, stroke),
        cleared: () => sheet.clear(tile),
        chosen: () => this.#choose(tile),
      });
    });
    this.#undo = button(texts.undo, () => sheet.undo());
    this.#redo = button(texts.redo, () => sheet.redo());
    this.#clear = button(texts.clear, () => sheet.clear(this.#chosen));
    this.#clearAll = button(texts.clearAll, () => sheet.clearAll());
    this.#another = button(texts.another, () => this.#drawAnother());
    this.#learn = button(texts.learn, () => this.#ask());
    this.#learn.classList.add('primary');
    this.#build();
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  /** @param colors to choose from; the first one is chosen */
  open(draft: Draft | null, colors: readonly Color[], note = ''): void {
    this.#name.value = draft?.name ?? '';
    this.#showColors(colors);
    this.#sheet.open(draft?.drawings ?? []);
    this.#say(note);
    if (!this.element.isConnected) document.body.append(this.element);
    if (!this.element.open) this.element.showModal();
    this.#name.focus();
  }

  close(): void {
    this.element.close();
  }

  #build(): void {
    const texts = this.#texts;
    const { element } = this;
    const title = makeElement('h2', '', texts.title);
    title.id = 'teach-title';
    element.id = 'teach-dialog';
    element.setAttribute('aria-labelledby', title.id);
    this.#name.type = 'text';
    this.#name.id = 'teach-name';
    this.#name.maxLength = MOST_NAME;
    this.#name.dir = 'auto';
    this.#name.autocomplete = 'off';
    this.#name.placeholder = texts.namePlaceholder;
    this.#name.addEventListener('input', () => this.#changed());
    const name = makeElement('label', 'teach-field');
    name.append(makeElement('span', '', texts.name), this.#name);
    const names = makeElement('div', 'teach-names');
    for (const one of NAMES) {
      names.append(
        button(one, () => {
          this.#name.value = one;
          this.#changed();
        }),
      );
    }
    const named = makeElement('div', 'teach-field');
    named.append(name, names);
    const colors = makeElement('fieldset', 'teach-field');
    colors.append(makeElement('legend', '', texts.color), this.#colors);
    const fields = makeElement('div', 'teach-fields');
    fields.append(named, colors);
    const tiles = makeElement('div', 'teach-tiles');
    const keys = makeElement('p', 'unseen', texts.keys);
    keys.id = 'teach-keys';
    tiles.setAttribute('role', 'group');
    tiles.setAttribute('aria-label', texts.tiles);
    for (const tile of this.#tiles) tile.element.setAttribute('aria-describedby', keys.id);
    tiles.append(...this.#tiles.map((tile) => tile.element));
    const tools = makeElement('div', 'teach-buttons');
    tools.append(this.#undo, this.#redo, this.#clear, this.#clearAll, this.#another, this.#count);
    this.#status.setAttribute('role', 'status');
    const buttons = makeElement('div', 'teach-buttons teach-end');
    buttons.append(
      button(texts.close, () => this.close()),
      this.#learn,
    );
    element.append(
      title,
      makeElement('p', 'teach-help', texts.help),
      fields,
      tiles,
      keys,
      tools,
      this.#status,
      buttons,
    );
    // The page paints with some of the keys.
    element.addEventListener('keydown', (event) => {
      event.stopPropagation();
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.target === this.#name) return;
      if (key === 'z') (event.shiftKey ? this.#redo : this.#undo).click();
      else if (key === 'y') this.#redo.click();
      else return;
      event.preventDefault();
    });
    element.addEventListener('close', () => this.#parts.closed());
  }

  #showColors(colors: readonly Color[]): void {
    this.#colors.replaceChildren(
      ...colors.map((color, index) => {
        const input = makeElement('input');
        input.type = 'radio';
        input.name = 'teach-color';
        input.value = color.join(' ');
        input.checked = index === 0;
        input.setAttribute('aria-label', this.#texts.colorNumber(index + 1));
        input.style.setProperty('--swatch', cssColor(color));
        return input;
      }),
    );
  }

  #choose(tile: number): void {
    this.#chosen = tile;
    this.#show();
  }

  #changed(): void {
    this.#hints = '';
    this.#say('');
    this.#show();
    this.#parts.changed({ name: this.#name.value, drawings: this.#sheet.tiles });
  }

  #show(): void {
    const { tiles, drawings, canUndo, canRedo } = this.#sheet;
    const texts = this.#texts;
    this.#tiles.forEach((tile, index) => {
      const label = texts.tile(index + 1, TILES, tiles[index].length);
      tile.show(tiles[index], label, index === this.#chosen);
    });
    this.#undo.disabled = !canUndo;
    this.#redo.disabled = !canRedo;
    this.#clear.disabled = tiles[this.#chosen].length === 0;
    this.#clearAll.disabled = drawings.length === 0;
    this.#another.disabled = drawings.length === 0 || drawings.length === TILES;
    this.#count.textContent = texts.drawn(drawings.length, TILES);
  }

  /** Draws the sign on the next empty tile, as it is on another one but a little differently. */
  #drawAnother(): void {
    const { tiles, drawings } = this.#sheet;
    const empty = tiles.findIndex(({ length }) => length === 0);
    if (empty < 0 || drawings.length === 0) return;
    this.#sheet.put(empty, drawnAgain(drawings[this.#random.below(drawings.length)], this.#random));
    this.#choose(empty);
  }

  /** Learns, unless something is wrong. A hint is shown once. */
  #ask(): void {
    const sign = this.#sign(this.#name.value.trim());
    const issues = this.#parts.check(sign);
    const errors = issues.filter(({ severity }) => severity === 'error');
    const shown = (errors.length > 0 ? errors : issues).map((issue) => this.#sentence(issue)).join(' ');
    if (errors.length === 0 && (issues.length === 0 || shown === this.#hints)) {
      this.#parts.learn(sign);
      return;
    }
    this.#say(shown);
    this.#hints = shown;
    if (errors.some(({ kind }) => kind.startsWith('name'))) this.#name.focus();
  }

  #sign(name: string): Sign {
    const chosen = this.#colors.querySelector<HTMLInputElement>('input:checked')?.value.split(' ').map(Number);
    const [red, green, blue] = chosen ?? [0, 0, 0];
    return { name, color: [red, green, blue], drawings: this.#sheet.drawings };
  }

  #sentence(issue: SignIssue): string {
    const places = 'drawings' in issue ? issue.drawings : 'drawing' in issue ? [issue.drawing] : [];
    // The empty tiles were left out.
    const drawn = [...this.#sheet.tiles.keys()].filter((tile) => this.#sheet.tiles[tile].length > 0);
    return this.#texts.issue(
      issue,
      places.map((place) => drawn[place] + 1),
    );
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}
