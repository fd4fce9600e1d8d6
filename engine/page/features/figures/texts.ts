/** What the strip of figures says. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';
import type { Figure } from './figure-history.ts';

const shareOr = (share: number | null | undefined): string =>
  share === null || share === undefined ? 'an unknown share' : EN.tenths.format(share);

const en = {
  title: 'Figures of the last thousand steps',
  close: 'Close the figures',
  names: { accuracy: 'Cells right', agreement: 'Digits agreed', undecided: 'Undecided', flicker: 'Flicker' },
  span: (steps: number) => `Last ${EN.whole.format(steps)} steps · flicker × 10`,
  value: (share: number | null) => (share === null ? '–' : EN.tenths.format(share)),
  description: (figures: Record<Figure, number | null> | null, steps: number) =>
    [
      `Over the last ${EN.whole.format(steps)} steps. Now`,
      ` ${shareOr(figures?.accuracy)} of the cells are right,`,
      ` all cells agree in ${shareOr(figures?.agreement)} of the digits,`,
      ` ${shareOr(figures?.undecided)} of the cells are undecided,`,
      ` and ${shareOr(figures?.flicker)} of the cells changed their minds in this step.`,
    ].join(''),
};

const anteilOder = (share: number | null | undefined): string =>
  share === null || share === undefined ? 'ein unbekannter Teil' : DE.tenths.format(share);

const de: typeof en = {
  title: 'Kennzahlen der letzten tausend Schritte',
  close: 'Kennzahlen schließen',
  names: { accuracy: 'Zellen richtig', agreement: 'Ziffern einig', undecided: 'Unentschieden', flicker: 'Flackern' },
  span: (steps) => `Letzte ${DE.whole.format(steps)} Schritte · Flackern × 10`,
  value: (share) => (share === null ? '–' : DE.tenths.format(share)),
  description: (figures, steps) =>
    [
      `In den letzten ${DE.whole.format(steps)} Schritten. Jetzt`,
      ` liegen ${anteilOder(figures?.accuracy)} der Zellen richtig,`,
      ` in ${anteilOder(figures?.agreement)} der Ziffern sagen alle Zellen dasselbe,`,
      ` ${anteilOder(figures?.undecided)} der Zellen sind unentschieden,`,
      ` und ${anteilOder(figures?.flicker)} der Zellen haben in diesem Schritt ihre Meinung geändert.`,
    ].join(''),
};

export const TEXTS: Localized<typeof en> = { en, de };
