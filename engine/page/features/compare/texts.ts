/** What the bars over two models say. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  leave: 'One model again',
  model: (pane: number) => `Model of picture ${pane}`,
  fromFile: 'from a file …',
  fileTooLarge: 'it is larger than any model file.',
  refused: (file: string, reason: string) => `“${file}” was not taken: ${reason}`,
  figures: (agreement: number | null, accuracy: number | null) =>
    [
      ...(agreement === null ? [] : [`${EN.percent.format(agreement)} agree`]),
      ...(accuracy === null ? [] : [`${EN.percent.format(accuracy)} right`]),
    ].join(' · '),
};

const de: typeof en = {
  leave: 'Wieder ein Modell',
  model: (pane) => `Modell von Bild ${pane}`,
  fromFile: 'aus einer Datei …',
  fileTooLarge: 'Sie ist größer als jede Modelldatei.',
  refused: (file, reason) => `„${file}“ wurde nicht genommen: ${reason}`,
  figures: (agreement, accuracy) =>
    [
      ...(agreement === null ? [] : [`${DE.percent.format(agreement)} einig`]),
      ...(accuracy === null ? [] : [`${DE.percent.format(accuracy)} richtig`]),
    ].join(' · '),
};

export const TEXTS: Localized<typeof en> = { en, de };
