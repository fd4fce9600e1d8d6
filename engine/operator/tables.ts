/** The tables of screens and hands. Rows are kept while their member is there, so that a button keeps the focus. */
import { makeElement } from '../page/shell/elements.ts';
import type { HandView } from '../together/hands/operator-messages.ts';
import { ringOf } from '../together/hands/ring.ts';
import type { MemberView } from '../together/messages.ts';
import type { OperatorTexts } from './texts.ts';

/** A line of a table: the texts of its cells, its button, and how it begins. */
interface Line {
  readonly key: number;
  readonly cells: readonly string[];
  readonly start: HTMLElement | null;
  readonly button: { readonly text: string; readonly label: string };
}

export class Table {
  readonly #body: HTMLElement;
  readonly #pressed: (key: number) => void;
  readonly #none: string;
  readonly #rows = new Map<number, HTMLTableRowElement>();

  constructor(
    head: HTMLElement,
    body: HTMLElement,
    titles: readonly string[],
    none: string,
    pressed: (key: number) => void,
  ) {
    this.#body = body;
    this.#pressed = pressed;
    this.#none = none;
    const row = makeElement('tr');
    for (const title of titles) {
      const cell = makeElement(title === '' ? 'td' : 'th', '', title);
      if (title !== '') cell.setAttribute('scope', 'col');
      row.append(cell);
    }
    head.replaceChildren(row);
  }

  show(lines: readonly Line[]): void {
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    this.#body.querySelector('.none')?.remove();
    for (const line of lines) this.#showLine(line);
    if (lines.length > 0) return;
    const row = makeElement('tr', 'none');
    row.append(makeElement('td', '', this.#none));
    this.#body.append(row);
  }

  #showLine({ key, cells, start, button }: Line): void {
    let row = this.#rows.get(key);
    if (!row) {
      row = makeElement('tr');
      // The button comes first, where it is seen on a phone as well.
      row.append(this.#buttonCell(key, button));
      if (start) {
        const cell = makeElement('td');
        cell.append(start);
        row.append(cell);
      }
      row.append(...cells.map(() => makeElement('td')));
      this.#rows.set(key, row);
      this.#body.append(row);
    }
    const first = start ? 2 : 1;
    cells.forEach((text, index) => {
      const cell = row.cells[first + index];
      if (cell.textContent !== text) cell.textContent = text;
      cell.classList.toggle('wide', text.length > 24);
    });
  }

  #buttonCell(key: number, { text, label }: Line['button']): HTMLElement {
    const button = makeElement('button', '', text);
    button.type = 'button';
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => this.#pressed(key));
    const cell = makeElement('td');
    cell.append(button);
    return cell;
  }
}

export function screenLines(screens: readonly MemberView[], texts: OperatorTexts): Line[] {
  return screens.map((screen) => {
    const { member, isPresent, step, lagSteps, lateMilliseconds, framesPerSecond, digestStep, agrees } = screen;
    const role = screen.isLeader ? ` (${texts.leads})` : screen.follows ? ` (${texts.follows})` : '';
    const number = screen.screen ?? member;
    const digest = digestStep === null ? '–' : (agrees === false ? texts.differs : texts.agrees)(digestStep);
    return {
      key: member,
      start: null,
      cells: [
        `${number}${role}`,
        isPresent ? texts.yes : texts.no,
        String(step),
        String(lagSteps),
        `${Math.round(lateMilliseconds)} ms`,
        framesPerSecond.toFixed(0),
        digest,
        screen.renderer === '' ? '–' : screen.renderer,
      ],
      button: { text: texts.restart, label: texts.restartScreen(number) },
    };
  });
}

export function handLines(hands: readonly HandView[], texts: OperatorTexts): Line[] {
  return hands.map(({ member, isConnected, latencyMilliseconds, events }) => {
    const { color, line } = ringOf(member);
    const ring = makeElement('span', 'ring');
    ring.style.borderColor = color;
    ring.style.borderStyle = line;
    return {
      key: member,
      start: ring,
      cells: [
        String(member),
        isConnected ? texts.yes : texts.no,
        latencyMilliseconds === null ? '–' : `${latencyMilliseconds.toFixed(0)} ms`,
        String(events),
      ],
      button: { text: texts.drop, label: texts.dropHand(member) },
    };
  });
}
