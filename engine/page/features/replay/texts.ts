/** What is said of replays. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  save: 'Save a replay of all this',
  saved: (kilobytes: number) =>
    `The session was saved as a file of ${EN.short.format(kilobytes)} kB that does everything again; dropped on the page, it plays.`,
  plays: (steps: number) => `The replay plays: ${steps} steps. Draw, and it ends.`,
  same: 'The replay has ended with the very same state, bit for bit.',
  differs: 'The replay has ended with another state than was recorded.',
  otherRenderer: 'The replay has ended; it was recorded on another GPU, whose last bits may differ.',
  refused: (reason: string) => `The replay cannot be played: ${reason}`,
  otherSite: 'Only replays of this site are opened from a link.',
  missing: (path: string) => `There is no replay at ${path}.`,
  tooLarge: 'The file is too large for a replay.',
};

const de: typeof en = {
  save: 'Alles hier als Aufzeichnung speichern',
  saved: (kilobytes) =>
    `Die Sitzung wurde als Datei von ${DE.short.format(kilobytes)} kB gespeichert, die alles noch einmal tut; auf die Seite gezogen, spielt sie ab.`,
  plays: (steps) => `Die Aufzeichnung läuft: ${steps} Schritte. Wer zeichnet, beendet sie.`,
  same: 'Die Aufzeichnung endete Bit für Bit mit demselben Zustand.',
  differs: 'Die Aufzeichnung endete mit einem anderen Zustand als dem aufgenommenen.',
  otherRenderer: 'Die Aufzeichnung ist zu Ende; sie stammt von einer anderen GPU, deren letzte Bits abweichen können.',
  refused: (reason) => `Die Aufzeichnung lässt sich nicht abspielen: ${reason}`,
  otherSite: 'Über einen Link werden nur Aufzeichnungen dieser Seite geöffnet.',
  missing: (path) => `Unter ${path} liegt keine Aufzeichnung.`,
  tooLarge: 'Die Datei ist zu groß für eine Aufzeichnung.',
};

export const TEXTS: Localized<typeof en> = { en, de };
