/** What is said of pictures and IDX files. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  taken: (live: number, found: number, blank: number) =>
    [
      live === found
        ? `${EN.whole.format(live)} ${live === 1 ? 'digit is' : 'digits are'} now on the canvas`
        : `${EN.whole.format(live)} of ${EN.whole.format(found)} digits are now on the canvas`,
      ...(blank > 0 ? [`${EN.whole.format(blank)} ${blank === 1 ? 'has' : 'have'} no ink`] : []),
      ...(live + blank < found ? ['no more tiles are free'] : []),
    ].join('; ') + '.',
  scaled: 'Their values were rescaled to 0–255.',
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
  asTheyAre: 'Use them as they are',
  turn: 'Swap rows and columns',
  noIdx: (begin: string) =>
    `not an IDX file of images or labels. It begins with ${begin}; such files begin with 0x00000803 or 0x00000801.`,
  cutShort: 'the file is incomplete.',
  leftOver: (bytes: number) => `the file is ${EN.whole.format(bytes)} bytes longer than its header says.`,
  otherSize: (width: number, height: number, most: number) =>
    `its images are ${EN.whole.format(width)} × ${EN.whole.format(height)} cells; from 1 × 1 to ${most} × ${most} can be read.`,
  needsRoom: (side: number, tile: number) =>
    `These images are ${side} × ${side} cells, and a tile of this canvas has ${tile}. Take a canvas with larger tiles? It replaces this one.`,
  makeRoom: 'Take larger tiles',
  noDigits: 'the file contains no digits.',
  damagedGzip: 'the gzip file is damaged or incomplete.',
  tooLong: 'the unpacked file is too large.',
  labelsAlone: 'the file contains labels; drop it together with its images.',
  oneAtATime: 'open one file of images and one of labels at a time.',
  otherCount: (labels: number, images: number) =>
    `there are ${EN.whole.format(labels)} labels for ${EN.whole.format(images)} images.`,
  noPicture: 'this browser cannot show the picture. PNG, JPEG, WebP, GIF and BMP work everywhere.',
  heic: 'this browser cannot show HEIC pictures. Share it as a JPEG, or choose “Most Compatible” in the iPhone’s settings under Camera, Formats.',
  tooManyPixels: (width: number, height: number) =>
    `the picture is too large (${EN.whole.format(width)} × ${EN.whole.format(height)} pixels).`,
  noneFound: 'no digits were found.',
  preview: {
    looking: (name: string) => `Looking for digits in “${name}” …`,
    cancel: 'Cancel',
    title: (found: number) => (found === 1 ? '1 digit was found' : `${EN.whole.format(found)} digits were found`),
    help: 'Click a digit to leave it out or to include it again.',
    digit: (number: number, found: number) => `Digit ${EN.whole.format(number)} of ${EN.whole.format(found)}`,
    chosen: (chosen: number, room: number) =>
      chosen > room
        ? `${EN.whole.format(chosen)} are selected; the canvas has room for ${EN.whole.format(room)}.`
        : `${EN.whole.format(chosen)} ${chosen === 1 ? 'is' : 'are'} selected.`,
    all: 'All',
    none: 'None',
    take: (chosen: number) => (chosen === 1 ? 'Add 1 digit' : `Add ${EN.whole.format(chosen)} digits`),
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
  otherSize: (width, height, most) =>
    `Ihre Bilder haben ${DE.whole.format(width)} × ${DE.whole.format(height)} Zellen; gelesen werden 1 × 1 bis ${most} × ${most}.`,
  needsRoom: (side, tile) =>
    `Diese Bilder haben ${side} × ${side} Zellen, ein Feld dieser Fläche hat ${tile}. Eine Fläche mit größeren Feldern nehmen? Sie ersetzt diese.`,
  makeRoom: 'Größere Felder nehmen',
  noDigits: 'Die Datei enthält keine Ziffern.',
  damagedGzip: 'Diese gzip-Datei ist beschädigt oder abgeschnitten.',
  tooLong: 'Entpackt ist sie länger als jede Datei mit Ziffern.',
  labelsAlone: 'Sie enthält die Namen der Ziffern; legen Sie sie zusammen mit den Bildern ab.',
  oneAtATime: 'Bitte eine Datei mit Bildern und eine mit Namen auf einmal.',
  otherCount: (labels, images) => `Es sind ${DE.whole.format(labels)} Namen für ${DE.whole.format(images)} Bilder.`,
  noPicture:
    'Das ist kein Bild, das dieser Browser zeigen kann. PNG, JPEG, WebP, GIF und BMP kann jeder Browser zeigen.',
  heic: 'Das ist ein HEIC-Bild, das dieser Browser nicht zeigen kann. Teilen Sie es als JPEG, oder wählen Sie in den Einstellungen des iPhones unter Kamera, Formate „Maximale Kompatibilität“.',
  tooManyPixels: (width, height) =>
    `Ein Bild von ${DE.whole.format(width)} × ${DE.whole.format(height)} Pixeln ist zu groß.`,
  noneFound: 'Darin wurden keine Ziffern gefunden.',
  preview: {
    looking: (name) => `In „${name}“ wird nach Ziffern gesucht …`,
    cancel: 'Abbrechen',
    title: (found) => (found === 1 ? '1 Ziffer wurde gefunden' : `${DE.whole.format(found)} Ziffern wurden gefunden`),
    help: 'Klicken Sie auf eine Ziffer, um sie wegzulassen oder wieder aufzunehmen.',
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
