/** Chooses the language of the page. */
import { de } from './de.ts';
import { en, type Texts } from './en.ts';
import { pickLanguage } from './pick-language.ts';

export type { StatusFigures, Texts } from './en.ts';

const TEXTS = { en, de } as const satisfies Record<string, Texts>;
const LANGUAGES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

/** The texts of the first of these languages, such as `de-AT`, that there is; English otherwise. */
export function chooseTexts(languages: readonly string[]): Texts {
  return TEXTS[pickLanguage(languages, LANGUAGES) ?? 'en'];
}
