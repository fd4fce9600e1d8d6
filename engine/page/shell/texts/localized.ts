/** The languages of the page, and how each writes numbers. */

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same in every language. */
export type Localized<T> = Readonly<Record<Language, T>>;

function numberFormats(language: Language) {
  return {
    whole: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
    short: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }),
    tenths: new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }),
  } as const;
}

export const EN = numberFormats('en');
export const DE = numberFormats('de');
