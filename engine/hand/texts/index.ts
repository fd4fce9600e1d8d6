/** The texts of the phone's page, each language loaded only where it is spoken. */
import { chooseLanguage, type Language } from '../../page/features/kiosk/languages.ts';
import type { HandTexts } from './hand-texts.ts';

export type { HandTexts, Message } from './hand-texts.ts';

const LOADERS: Readonly<Record<Language, () => Promise<HandTexts>>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  fr: async () => (await import('./fr.ts')).fr,
  es: async () => (await import('./es.ts')).es,
  it: async () => (await import('./it.ts')).it,
  nl: async () => (await import('./nl.ts')).nl,
};

/** Loads the texts in the first of these languages that there is, or English. */
export async function loadHandTexts(wanted: readonly string[]): Promise<{ language: Language; texts: HandTexts }> {
  const language = chooseLanguage(wanted);
  return { language, texts: await LOADERS[language]() };
}
