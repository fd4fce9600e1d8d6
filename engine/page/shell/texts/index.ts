/** The texts of the page itself; those of a feature lie beside it. */
import { de } from './de.ts';
import { en, type Texts } from './en.ts';
import { type Language, LANGUAGES, type Localized } from './localized.ts';
import { pickLanguage } from './pick-language.ts';

export type { Texts } from './en.ts';

export const TEXTS: Localized<Texts> = { en, de };

/** The first of the languages somebody wants, such as `de-AT`, that the page speaks; English otherwise. */
export function chooseLanguage(wanted: readonly string[]): Language {
  return pickLanguage(wanted, LANGUAGES) ?? 'en';
}
