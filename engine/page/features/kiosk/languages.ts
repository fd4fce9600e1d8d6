/** The languages that an exhibit speaks. */
import { pickLanguage } from '../../shell/texts/pick-language.ts';

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Returns the first of these languages, such as `de-AT`, that is available, or English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  return pickLanguage(wanted, LANGUAGES) ?? 'en';
}
