/** What the legend says. */
import { type Localized } from '../../shell/texts/localized.ts';

const en = {
  label: 'Colours of the classes; choose a digit to stamp it',
  stamp: (name: string) => `Stamp a ${name}: choose it, then tap a tile (key ${name})`,
  undecided: 'undecided',
};

const de: typeof en = {
  label: 'Farben der Klassen; eine Ziffer wählen, um sie zu stempeln',
  stamp: (name) => `Eine ${name} stempeln: wählen, dann ein Feld antippen (Taste ${name})`,
  undecided: 'unentschieden',
};

export const TEXTS: Localized<typeof en> = { en, de };
