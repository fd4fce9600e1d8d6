/** What a screen of a wall says. */
import type { Localized } from '../../shell/texts/localized.ts';

const en = {
  label: 'One screen of a wall. Drawing on it draws on the whole wall.',
  code: 'Code for drawing with a phone',
  waiting: (reason: string) => `Waiting for the wall. ${reason}`,
  noSuchScreen: (screen: number | undefined) =>
    screen === undefined
      ? 'The address names no screen; add “&screen=1”.'
      : `The wall has no screen ${screen}; see its settings.`,
  setUp: 'The screens of the wall',
  setUpHelp:
    'Every screen shows its number now. Drag each one to where it hangs, or use the arrow keys (with Shift, ten millimetres). All sizes are of the visible picture, in millimetres. Then put the text below into the field "wall" of the settings.',
  screen: (screen: number) => `Screen ${screen}`,
  fields: { x: 'From the left', y: 'From the top', width: 'Width', height: 'Height' },
  add: 'Add a screen',
  remove: 'Remove this screen',
  copy: 'Copy the text',
  output: 'For the settings',
};

const de: typeof en = {
  label: 'Ein Bildschirm einer Wand. Wer darauf zeichnet, zeichnet auf der ganzen Wand.',
  code: 'Code zum Zeichnen mit dem Telefon',
  waiting: (reason) => `Warten auf die Wand. ${reason}`,
  noSuchScreen: (screen) =>
    screen === undefined
      ? 'Die Adresse nennt keinen Bildschirm; ergänzen Sie „&screen=1“.'
      : `Die Wand hat keinen Bildschirm ${screen}; siehe ihre Einstellungen.`,
  setUp: 'Die Bildschirme der Wand',
  setUpHelp:
    'Jeder Bildschirm zeigt jetzt seine Nummer. Ziehen Sie jeden dorthin, wo er hängt, oder benutzen Sie die Pfeiltasten (mit Umschalt zehn Millimeter). Alle Maße gelten für das sichtbare Bild, in Millimetern. Setzen Sie dann den Text unten in das Feld "wall" der Einstellungen ein.',
  screen: (screen) => `Bildschirm ${screen}`,
  fields: { x: 'Von links', y: 'Von oben', width: 'Breite', height: 'Höhe' },
  add: 'Bildschirm hinzufügen',
  remove: 'Diesen Bildschirm entfernen',
  copy: 'Text kopieren',
  output: 'Für die Einstellungen',
};

export const TEXTS: Localized<typeof en> = { en, de };
