/** What the form says that writes a name. */
import { type Localized } from '../../shell/texts/localized.ts';

const listOf = (language: string, characters: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(characters);

const en = {
  title: 'Write a name',
  text: 'Name or number',
  write: 'Write',
  close: 'Close',
  empty: 'Type a name first.',
  writing: 'Writing …',
  written: (text: string) => `“${text}” is on the canvas.`,
  missing: (characters: readonly string[]) => `This model cannot read or write ${listOf('en', characters)}.`,
  left: (text: string) => `There is no room for “${text}”.`,
};

const de: typeof en = {
  title: 'Einen Namen schreiben',
  text: 'Name oder Zahl',
  write: 'Schreiben',
  close: 'Schließen',
  empty: 'Geben Sie zuerst einen Namen ein.',
  writing: 'Wird geschrieben …',
  written: (text) => `„${text}“ steht auf der Fläche.`,
  missing: (characters) => `${listOf('de', characters)} kann dieses Modell weder lesen noch schreiben.`,
  left: (text) => `Für „${text}“ ist kein Platz.`,
};

export const TEXTS: Localized<typeof en> = { en, de };
