/** Chooses the language of the page. */
import { de } from './de.ts';
import { en, type Texts } from './en.ts';

export type { StatusFigures, Texts } from './en.ts';

const LANGUAGES: Readonly<Record<string, Texts>> = { en, de };

/** The texts of the first of these languages, such as `de-AT`, that there is; English otherwise. */
export function chooseTexts(languages: readonly string[]): Texts {
  for (const language of languages) {
    const texts = LANGUAGES[language.toLowerCase().split('-')[0] ?? ''];
    if (texts) return texts;
  }
  return en;
}
