/** What the inspector says. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  title: 'Digit and cell',
  close: 'Close',
  ink: 'ink',
  logits: 'Its logits',
  channels: 'All its channels',
  neighbours: 'Neighbours: say → push to',
  follows: 'Follows the pointer. Tap a cell to stay with it. Arrow keys move the view.',
  pinned: 'Stays with this cell. Tap it again to let go.',
  value: (value: number) => value.toFixed(2).replace('-', '−'),
  push: (name: string, push: number) => `→ ${name} ${push.toFixed(2)}`,
  empty: (column: number, row: number) => `Tile ${column}, ${row} is empty.`,
  digit: (digit: InspectedDigit) =>
    [
      `Tile ${digit.column}, ${digit.row}: `,
      digit.vote === null
        ? `${EN.percent.format(digit.undecided)} of ${digit.inkCells} cells have not decided.`
        : `${EN.percent.format(digit.agreement)} of ${digit.inkCells} cells say ${digit.vote}.`,
      ...digit.others.map(({ name, cells }) => ` ${cells} ${cells === 1 ? 'says' : 'say'} ${name}.`),
      digit.label === null ? '' : ` It was placed as a ${digit.label}.`,
    ].join(''),
  cell: (cell: InspectedCell) =>
    [
      `Cell ${cell.x}, ${cell.y}: `,
      `${EN.percent.format(cell.ink)} ink, `,
      !cell.isAlive ? 'dead.' : cell.says === null ? 'says nothing yet.' : `says ${cell.says}, `,
      cell.isAlive && cell.says !== null ? `confidence ${cell.confidence.toFixed(2)}.` : '',
    ].join(''),
  neighbour: (cell: InspectedNeighbour) =>
    [
      `Cell ${cell.x}, ${cell.y}: `,
      !cell.hasInk ? 'no ink' : cell.says === null ? 'undecided' : `says ${cell.says}`,
      cell.target === null ? '' : `, pushes to ${cell.target} by ${cell.push.toFixed(2)}`,
      '. Look at it.',
    ].join(''),
};

const de: typeof en = {
  title: 'Ziffer und Zelle',
  close: 'Schließen',
  ink: 'Tinte',
  logits: 'Ihre Logits',
  channels: 'Alle ihre Kanäle',
  neighbours: 'Nachbarn: sagen → drängen',
  follows: 'Folgt dem Zeiger. Eine Zelle antippen, um bei ihr zu bleiben; Pfeiltasten bewegen die Ansicht.',
  pinned: 'Bleibt bei dieser Zelle; nochmals antippen, um sie loszulassen.',
  value: (value) => value.toFixed(2).replace('-', '−').replace('.', ','),
  push: (name, push) => `→ ${name} ${push.toFixed(2).replace('.', ',')}`,
  empty: (column, row) => `Feld ${column}, ${row} ist leer.`,
  digit: (digit) =>
    [
      `Feld ${digit.column}, ${digit.row}: `,
      digit.vote === null
        ? `${DE.percent.format(digit.undecided)} von ${digit.inkCells} Zellen haben nicht entschieden.`
        : `${DE.percent.format(digit.agreement)} von ${digit.inkCells} Zellen sagen ${digit.vote}.`,
      ...digit.others.map(({ name, cells }) => ` ${cells} ${cells === 1 ? 'sagt' : 'sagen'} ${name}.`),
      digit.label === null ? '' : ` Hingesetzt wurde sie als ${digit.label}.`,
    ].join(''),
  cell: (cell) =>
    [
      `Zelle ${cell.x}, ${cell.y}: `,
      `${DE.percent.format(cell.ink)} Tinte, `,
      !cell.isAlive ? 'tot.' : cell.says === null ? 'sagt noch nichts.' : `sagt ${cell.says}, `,
      cell.isAlive && cell.says !== null ? `Sicherheit ${cell.confidence.toFixed(2).replace('.', ',')}.` : '',
    ].join(''),
  neighbour: (cell) =>
    [
      `Zelle ${cell.x}, ${cell.y}: `,
      !cell.hasInk ? 'keine Tinte' : cell.says === null ? 'unentschieden' : `sagt ${cell.says}`,
      cell.target === null ? '' : `, drängt um ${cell.push.toFixed(2).replace('.', ',')} zu ${cell.target}`,
      '. Diese ansehen.',
    ].join(''),
};

export const TEXTS: Localized<typeof en> = { en, de };

/** What the inspector says of a digit. */
export interface InspectedDigit {
  readonly column: number;
  readonly row: number;
  readonly inkCells: number;
  readonly agreement: number;
  /** Share of the cells that say nothing. */
  readonly undecided: number;
  readonly vote: string | null;
  readonly label: string | null;
  /** Other classes that cells say, the most frequent first. */
  readonly others: readonly { readonly name: string; readonly cells: number }[];
}

/** What the inspector says of a cell. */
export interface InspectedCell {
  readonly x: number;
  readonly y: number;
  /** 0…1. */
  readonly ink: number;
  readonly isAlive: boolean;
  readonly says: string | null;
  readonly confidence: number;
}

/** What the inspector says of a neighbour. */
export interface InspectedNeighbour {
  readonly x: number;
  readonly y: number;
  readonly hasInk: boolean;
  readonly says: string | null;
  /** The class that it pushes to most, and by how much a step. */
  readonly target: string | null;
  readonly push: number;
}
