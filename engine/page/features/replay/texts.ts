/** What is said of replays. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  save: 'Save a replay of this session',
  saved: (kilobytes: number) =>
    `The session was saved as a file of ${EN.short.format(kilobytes)} kB. Drop it on the page to play it.`,
  plays: (steps: number) => `Playing a replay of ${steps} steps. Draw to end it.`,
  same: 'The replay ended with exactly the recorded state, bit for bit.',
  differs: 'The replay ended with a different state than was recorded.',
  otherRenderer: 'The replay has ended. It was recorded on another GPU, whose last bits may differ.',
  refused: (reason: string) => `The replay cannot be played: ${reason}`,
  otherSite: 'A link can only open replays on this site.',
  missing: (path: string) => `There is no replay at ${path}.`,
  tooLarge: 'The file is too large to be a replay.',
};

const de: typeof en = {
  save: 'Sitzung als Aufzeichnung speichern',
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
