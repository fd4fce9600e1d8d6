/** The figures under the canvas, and what is read aloud. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  status: {
    label: 'Figures',
    line: (figures: StatusFigures) =>
      [
        ...(figures.unknown === null ? [] : [figures.unknown]),
        ...(figures.agreement === null ? [] : [`${EN.percent.format(figures.agreement)} agree`]),
        ...(figures.accuracy === null ? [] : [`${EN.percent.format(figures.accuracy)} right`]),
        ...(figures.undecided === null ? [] : [`${EN.percent.format(figures.undecided)} undecided`]),
        `step ${EN.whole.format(figures.step)}`,
        `${EN.short.format(figures.stepsPerSecond)} steps/s`,
        `${EN.whole.format(figures.framesPerSecond)} frames/s`,
        `${EN.whole.format(figures.liveCells)} live cells`,
      ].join(' · '),
  },

  unknown: (onlyDigits: boolean): string =>
    onlyDigits ? 'That is no digit I know.' : 'That is none of the signs I know.',

  announce: {
    tile: (column: number, row: number, sentence: string) => `Tile ${column}, ${row}: ${sentence}`,
    digit: (column: number, row: number, name: string, agreement: number) =>
      `Tile ${column}, ${row}: the cells say ${name}; ${EN.percent.format(agreement)} of them agree.`,
    undecided: (column: number, row: number) => `Tile ${column}, ${row}: the cells have not decided yet.`,
    empty: (column: number, row: number) => `Tile ${column}, ${row} is empty.`,
    accuracy: (share: number) => `${EN.percent.format(share)} of the labelled digits are read correctly.`,
  },
};

const de: typeof en = {
  status: {
    label: 'Zahlen',
    line: (figures) =>
      [
        ...(figures.unknown === null ? [] : [figures.unknown]),
        ...(figures.agreement === null ? [] : [`${DE.percent.format(figures.agreement)} einig`]),
        ...(figures.accuracy === null ? [] : [`${DE.percent.format(figures.accuracy)} richtig`]),
        ...(figures.undecided === null ? [] : [`${DE.percent.format(figures.undecided)} unentschieden`]),
        `Schritt ${DE.whole.format(figures.step)}`,
        `${DE.short.format(figures.stepsPerSecond)} Schritte/s`,
        `${DE.whole.format(figures.framesPerSecond)} Bilder/s`,
        `${DE.whole.format(figures.liveCells)} lebende Zellen`,
      ].join(' · '),
  },

  unknown: (onlyDigits) =>
    onlyDigits ? 'Das ist keine Ziffer, die ich kenne.' : 'Das ist keines der Zeichen, die ich kenne.',

  announce: {
    tile: (column, row, sentence) => `Feld ${column}, ${row}: ${sentence}`,
    digit: (column, row, name, agreement) =>
      `Feld ${column}, ${row}: Die Zellen sagen ${name}; ${DE.percent.format(agreement)} von ihnen sind sich einig.`,
    undecided: (column, row) => `Feld ${column}, ${row}: Die Zellen haben noch nicht entschieden.`,
    empty: (column, row) => `Feld ${column}, ${row} ist leer.`,
    accuracy: (share) => `${DE.percent.format(share)} der bekannten Ziffern sind richtig gelesen.`,
  },
};

export const TEXTS: Localized<typeof en> = { en, de };

export interface StatusFigures {
  readonly framesPerSecond: number;
  readonly stepsPerSecond: number;
  readonly step: number;
  readonly liveCells: number;
  /** Share of digits whose cells all agree, or null. */
  readonly agreement: number | null;
  /** Share of labelled digits that are read right, or null. */
  readonly accuracy: number | null;
  /** Share of cells with ink that say nothing, or null. */
  readonly undecided: number | null;
  /** That the ink which was touched last is nothing that the model knows, or null. */
  readonly unknown: string | null;
}
