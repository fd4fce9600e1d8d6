import type { GuestTexts } from './guest-texts.ts';

export const de: GuestTexts = {
  name: 'Deutsch',
  title: 'Ziffern, die sich selbst erkennen',
  canvas: {
    label: 'Handgeschriebene Ziffern aus Zellen',
    description: 'Schreiben Sie mit dem Finger eine Ziffer. Die Zellen der Tinte entscheiden gemeinsam, welche es ist.',
  },
  captions: {
    write: 'Eine Hand schreibt eine Ziffer, und die Tinte entscheidet, welche es ist. Schreiben Sie selbst eine!',
    wave: 'Jede Farbe ist eine Antwort: Die Zellen einer Ziffer einigen sich, zu welcher sie gehören.',
    damage: 'Zellen, die vergessen, fragen ihre Nachbarn – und heilen.',
    chimera: 'Halb diese Ziffer, halb jene: Die Zellen streiten.',
    unknown: 'Eine Hand zeichnet etwas, das keine Ziffer ist. Bleiben die Zellen unentschieden, ohne Farbe?',
    zoom: 'Jede Zelle sieht nur ihre acht Nachbarn.',
    rest: 'Ziffern aus Tausenden von Zellen. Berühren Sie den Bildschirm und schreiben Sie selbst eine!',
  },
  undecided: 'Dieses Zeichen kennen die Zellen nicht. Darum bleiben sie unentschieden, ohne Farbe.',
  invitation: 'Schreiben Sie eine Ziffer in den Rahmen',
  answers: {
    agree: (name) => `Die Zellen sagen: ${name}`,
    split: (name, other) => `Die Zellen sind uneins: ${name} oder ${other}`,
    unknownDigit: 'Das ist keine Ziffer, die ich kenne',
    unknownSign: 'Das ist kein Zeichen, das ich kenne',
  },
  bar: {
    label: 'Werkzeuge',
    languages: 'Sprache',
    brush: 'Schreiben',
    eraser: 'Radieren',
    damage: 'Stören',
    fill: 'Neue Ziffern',
    zoomIn: 'Näher',
    zoomOut: 'Weiter weg',
    teach: 'Zeichen lehren',
    about: 'Was ist das?',
  },
  about: {
    sentences: [
      'Jeder Punkt der Tinte ist eine Zelle, ein winziges Programm für sich.',
      'Eine Zelle sieht nur ihre acht Nachbarn, nie die ganze Ziffer.',
      'Alle Zellen folgen derselben Regel, die aus Tausenden handgeschriebener Ziffern gelernt wurde.',
      'Sie sagen einander, was sie vermuten, bis sie sich einig sind; ihre Farbe zeigt die Antwort.',
      'Niemand führt sie an: Stören Sie die Zellen, und sie finden die Antwort wieder.',
    ],
    pictures: ['Eine Zelle und ihre Nachbarn', 'Die Zellen streiten …', '… bis sie sich einig sind'],
    close: 'Schließen',
  },
  warning: {
    title: 'Noch da?',
    goesOn: (seconds) => `In ${seconds} s geht die Vorführung weiter.`,
    stay: 'Ich bin noch da',
  },
  backSoon: 'Gleich wieder da',
};
