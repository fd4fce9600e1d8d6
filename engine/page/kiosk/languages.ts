/** The languages that an exhibit speaks. */

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first of these languages, such as `de-AT`, that there is; English otherwise. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const name of wanted) {
    const [start] = name.toLowerCase().split('-');
    const language = LANGUAGES.find((one) => one === start);
    if (language) return language;
  }
  return 'en';
}
