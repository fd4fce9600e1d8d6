/** What is said of pictures and films of the canvas. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  pictureSaved: (width: number, height: number) =>
    `The whole canvas was saved as a picture of ${EN.whole.format(width)} × ${EN.whole.format(height)} pixels.`,
  title: 'Record the whole canvas',
  seconds: 'Seconds',
  secondsRange: (least: number, most: number) => `a recording lasts ${least} to ${most} seconds.`,
  format: 'Format',
  kinds: { film: (suffix: string) => `Film (${suffix})`, gif: (suffix: string) => `Pictures (${suffix})` },
  noFilm: 'This browser cannot record films, only GIFs.',
  start: 'Start',
  close: 'Close',
  cancel: 'Cancel',
  progressLabel: 'Recorded',
  progress: (seconds: number, all: number) => `${EN.whole.format(seconds)} of ${EN.short.format(all)} seconds`,
  finishing: 'Writing the file …',
  saved: (file: string, bytes: number) => `“${file}” was saved (${EN.short.format(bytes / 1e6)} MB).`,
  unplayable: (file: string) =>
    `This browser cannot play “${file}”, although it made the file itself. Try another player, or record a GIF.`,
  cancelled: 'The recording was cancelled; nothing was saved.',
};

const de: typeof en = {
  pictureSaved: (width, height) =>
    `Die ganze Fläche wurde als Bild von ${DE.whole.format(width)} × ${DE.whole.format(height)} Pixeln gespeichert.`,
  title: 'Die ganze Fläche aufnehmen',
  seconds: 'Sekunden',
  secondsRange: (least, most) => `Eine Aufnahme dauert ${least} bis ${most} Sekunden.`,
  format: 'Art der Datei',
  kinds: { film: (suffix) => `Film (${suffix})`, gif: (suffix) => `Bilderfolge (${suffix})` },
  noFilm: 'Dieser Browser kann keine Filme machen, nur GIFs.',
  start: 'Aufnehmen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  progressLabel: 'Aufgenommen',
  progress: (seconds, all) => `${DE.whole.format(seconds)} von ${DE.short.format(all)} Sekunden`,
  finishing: 'Die Datei wird geschrieben …',
  saved: (file, bytes) => `„${file}“ wurde gespeichert (${DE.short.format(bytes / 1e6)} MB).`,
  unplayable: (file) =>
    `Dieser Browser kann „${file}“ nicht abspielen, obwohl er die Datei selbst erzeugt hat. Versuchen Sie es mit einem anderen Programm, oder nehmen Sie ein GIF auf.`,
  cancelled: 'Die Aufnahme wurde abgebrochen; gespeichert wurde nichts.',
};

export const TEXTS: Localized<typeof en> = { en, de };
