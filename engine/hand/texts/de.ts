import type { HandTexts } from './hand-texts.ts';

const SCAN = {
  title: 'Scannen Sie den Code noch einmal',
  text: 'Dieser Code gilt nicht mehr. Auf dem Bildschirm ist ein neuer.',
};
const FAULT = { title: 'Das hat nicht geklappt', text: 'Die Verbindung wurde beendet, weil etwas Unerwartetes ankam.' };

export const de: HandTexts = {
  title: 'Auf die Bildschirme malen',
  ring: 'Dieser Ring sind Sie auf den Bildschirmen.',
  ink: 'Tinte',
  dry: 'Der Stift ist leer. Gleich ist er wieder voll.',
  map: {
    label: 'Karte der Bildschirme',
    help: 'Malen Sie mit einem Finger, verschieben Sie die Karte mit zweien. Mit einer Tastatur: Die Pfeiltasten bewegen den Stift, die Leertaste setzt ihn auf und hebt ihn ab, die Eingabetaste macht einen Punkt oder einen Stempel.',
    penDown: 'Stift aufgesetzt',
    penUp: 'Stift abgehoben',
  },
  tools: {
    label: 'Werkzeuge',
    pen: 'Stift',
    brush: 'Pinsel',
    eraser: 'Radierer',
    stamp: 'Stempel',
    zoomIn: 'Näher',
    zoomOut: 'Weiter',
    whole: 'Alles',
  },
  digits: 'Ziffer des Stempels',
  connecting: { title: 'Verbinden …', text: 'Einen Moment bitte.' },
  lost: 'Die Verbindung ist unterbrochen. Neuer Versuch …',
  frozen: 'Das Malen ist gerade angehalten.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: {
      title: 'Alle Plätze sind belegt',
      text: 'Diese Seite versucht es von selbst wieder. Bitte warten Sie etwas.',
    },
    dropped: { title: 'Sie können nicht mehr malen', text: 'Das Personal hat Ihr Malen beendet.' },
    closed: { title: 'Die Ausstellung ist geschlossen', text: 'Bitte kommen Sie zu den Öffnungszeiten wieder.' },
    replaced: { title: 'Sie malen in einem anderen Fenster', text: 'Nur ein Fenster auf einmal kann malen.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Hier malen',
};
