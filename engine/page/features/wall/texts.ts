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
};

const de: typeof en = {
  label: 'Ein Bildschirm einer Wand. Wer darauf zeichnet, zeichnet auf der ganzen Wand.',
  code: 'Code zum Zeichnen mit dem Telefon',
  waiting: (reason) => `Warten auf die Wand. ${reason}`,
  noSuchScreen: (screen) =>
    screen === undefined
      ? 'Die Adresse nennt keinen Bildschirm; ergänzen Sie „&screen=1“.'
      : `Die Wand hat keinen Bildschirm ${screen}; siehe ihre Einstellungen.`,
};

export const TEXTS: Localized<typeof en> = { en, de };
