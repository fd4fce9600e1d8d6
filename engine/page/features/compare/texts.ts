/** What the bars over two models say. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  leave: 'Back to one model',
  model: (pane: number) => `Model of picture ${pane}`,
  fromFile: 'from a file …',
  fileTooLarge: 'the file is too large to be a model.',
  refused: (file: string, reason: string) => `Could not open “${file}”: ${reason}`,
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
  refused: (file, reason) => `„${file}“ konnte nicht geöffnet werden: ${reason}`,
  figures: (agreement, accuracy) =>
    [
      ...(agreement === null ? [] : [`${DE.percent.format(agreement)} einig`]),
      ...(accuracy === null ? [] : [`${DE.percent.format(accuracy)} richtig`]),
    ].join(' · '),
};

export const TEXTS: Localized<typeof en> = { en, de };
