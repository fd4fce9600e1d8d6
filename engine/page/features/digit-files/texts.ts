/** What is said of pictures and IDX files. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  taken: (live: number, found: number, blank: number) =>
    [
      live === found
        ? `${EN.whole.format(live)} ${live === 1 ? 'digit is' : 'digits are'} on the canvas now`
        : `${EN.whole.format(live)} of ${EN.whole.format(found)} digits are on the canvas now`,
      ...(blank > 0 ? [`${EN.whole.format(blank)} ${blank === 1 ? 'has' : 'have'} no ink`] : []),
      ...(live + blank < found ? ['there are no more free tiles'] : []),
    ].join('; ') + '.',
  scaled: 'Their values were scaled to 0 to 255.',
  ask: (odd: readonly string[]) =>
    [
      'These images look',
      odd.includes('inverted') ? ' inverted, with dark ink on white' : '',
      odd.length > 1 ? ', and' : '',
      odd.includes('turned') ? ' turned, with rows and columns swapped as in EMNIST' : '',
      '. Correct them?',
    ].join(''),
  mend: (odd: readonly string[]): string =>
    odd.length > 1 ? 'Invert and turn them' : odd.includes('inverted') ? 'Invert them' : 'Turn them',
  asTheyAre: 'Take them as they are',
  turn: 'Swap rows and columns',
  noIdx: (begin: string) =>
    `it is no IDX file of images or labels: it begins with ${begin}, such files with 0x00000803 or 0x00000801.`,
  cutShort: 'it is cut short.',
  leftOver: (bytes: number) => `it has ${EN.whole.format(bytes)} bytes more than its header says.`,
  otherSize: (width: number, height: number) =>
    `its images are ${EN.whole.format(width)} × ${EN.whole.format(height)} cells, not 28 × 28.`,
  noDigits: 'it holds no digits.',
  damagedGzip: 'it is a gzip file that is damaged or cut short.',
  tooLong: 'unpacked, it is longer than any file of digits.',
  labelsAlone: 'it holds labels; drop it together with its images.',
  oneAtATime: 'one file of images and one of labels at a time, please.',
  otherCount: (labels: number, images: number) =>
    `there are ${EN.whole.format(labels)} labels for ${EN.whole.format(images)} images.`,
  noPicture: 'it is no picture that this browser can show. PNG, JPEG, WebP, GIF and BMP work everywhere.',
  heic: 'it is a HEIC picture, which this browser cannot show. Share it as a JPEG, or choose “Most Compatible” in the iPhone’s settings under Camera, Formats.',
  tooManyPixels: (width: number, height: number) =>
    `a picture of ${EN.whole.format(width)} × ${EN.whole.format(height)} pixels is too large.`,
  noneFound: 'no digits were found in it.',
  preview: {
    looking: (name: string) => `Looking for digits in “${name}” …`,
    cancel: 'Cancel',
    title: (found: number) => (found === 1 ? '1 digit was found' : `${EN.whole.format(found)} digits were found`),
    help: 'Click a digit to leave it out, or to take it again.',
    digit: (number: number, found: number) => `Digit ${EN.whole.format(number)} of ${EN.whole.format(found)}`,
    chosen: (chosen: number, room: number) =>
      chosen > room
        ? `${EN.whole.format(chosen)} are chosen; the canvas has room for ${EN.whole.format(room)}.`
        : `${EN.whole.format(chosen)} ${chosen === 1 ? 'is' : 'are'} chosen.`,
    all: 'All',
    none: 'None',
    take: (chosen: number) => (chosen === 1 ? 'Take 1 digit' : `Take ${EN.whole.format(chosen)} digits`),
  },
};

const de: typeof en = {
  taken: (live, found, blank) =>
    [
      live === found
        ? `${DE.whole.format(live)} ${live === 1 ? 'Ziffer liegt' : 'Ziffern liegen'} jetzt auf der Fläche`
        : `${DE.whole.format(live)} von ${DE.whole.format(found)} Ziffern liegen jetzt auf der Fläche`,
      ...(blank > 0 ? [`${DE.whole.format(blank)} ${blank === 1 ? 'hat' : 'haben'} keine Tinte`] : []),
      ...(live + blank < found ? ['mehr freie Felder gibt es nicht'] : []),
    ].join('; ') + '.',
  scaled: 'Ihre Werte wurden auf 0 bis 255 gestreckt.',
  ask: (odd) =>
    [
      'Diese Bilder sehen',
      odd.includes('inverted') ? ' umgekehrt aus, mit dunkler Tinte auf Weiß' : '',
      odd.length > 1 ? ', und' : '',
      odd.includes('turned') ? ' gedreht aus, mit vertauschten Zeilen und Spalten wie in EMNIST' : '',
      '. Berichtigen?',
    ].join(''),
  mend: (odd) => (odd.length > 1 ? 'Umkehren und drehen' : odd.includes('inverted') ? 'Umkehren' : 'Drehen'),
  asTheyAre: 'So nehmen, wie sie sind',
  turn: 'Zeilen und Spalten tauschen',
  noIdx: (begin) =>
    `Das ist keine IDX-Datei mit Bildern oder Namen: Sie beginnt mit ${begin}, solche Dateien mit 0x00000803 oder 0x00000801.`,
  cutShort: 'Die Datei ist abgeschnitten.',
  leftOver: (bytes) => `Die Datei hat ${DE.whole.format(bytes)} Bytes mehr, als ihr Kopf sagt.`,
  otherSize: (width, height) =>
    `Ihre Bilder haben ${DE.whole.format(width)} × ${DE.whole.format(height)} Zellen, nicht 28 × 28.`,
  noDigits: 'Die Datei enthält keine Ziffern.',
  damagedGzip: 'Diese gzip-Datei ist beschädigt oder abgeschnitten.',
  tooLong: 'Entpackt ist sie länger als jede Datei mit Ziffern.',
  labelsAlone: 'Sie enthält die Namen der Ziffern; lege sie zusammen mit den Bildern ab.',
  oneAtATime: 'Bitte eine Datei mit Bildern und eine mit Namen auf einmal.',
  otherCount: (labels, images) => `Es sind ${DE.whole.format(labels)} Namen für ${DE.whole.format(images)} Bilder.`,
  noPicture:
    'Das ist kein Bild, das dieser Browser zeigen kann. PNG, JPEG, WebP, GIF und BMP kann jeder Browser zeigen.',
  heic: 'Das ist ein HEIC-Bild, das dieser Browser nicht zeigen kann. Teile es als JPEG, oder wähle in den Einstellungen des iPhones unter Kamera, Formate „Maximale Kompatibilität“.',
  tooManyPixels: (width, height) =>
    `Ein Bild von ${DE.whole.format(width)} × ${DE.whole.format(height)} Pixeln ist zu groß.`,
  noneFound: 'Darin wurden keine Ziffern gefunden.',
  preview: {
    looking: (name) => `In „${name}“ wird nach Ziffern gesucht …`,
    cancel: 'Abbrechen',
    title: (found) => (found === 1 ? '1 Ziffer wurde gefunden' : `${DE.whole.format(found)} Ziffern wurden gefunden`),
    help: 'Klicke auf eine Ziffer, um sie wegzulassen oder wieder zu nehmen.',
    digit: (number, found) => `Ziffer ${DE.whole.format(number)} von ${DE.whole.format(found)}`,
    chosen: (chosen, room) =>
      chosen > room
        ? `${DE.whole.format(chosen)} sind gewählt; auf der Fläche ist Platz für ${DE.whole.format(room)}.`
        : `${DE.whole.format(chosen)} ${chosen === 1 ? 'ist' : 'sind'} gewählt.`,
    all: 'Alle',
    none: 'Keine',
    take: (chosen) => (chosen === 1 ? '1 Ziffer nehmen' : `${DE.whole.format(chosen)} Ziffern nehmen`),
  },
};

export type DigitFileTexts = typeof en;

export const TEXTS: Localized<typeof en> = { en, de };
