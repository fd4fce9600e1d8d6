/** What the legend says. */
import { type Localized } from '../../shell/texts/localized.ts';

const en = {
  label: 'Colours of the classes; choose one to stamp it',
  stamp: (name: string, key: string | null) =>
    `Stamp a ${name}: choose it, then tap a tile${key === null ? '' : ` (key ${key})`}`,
  undecided: 'undecided',
};

const de: typeof en = {
  label: 'Farben der Klassen; eine wählen, um sie zu stempeln',
  stamp: (name, key) =>
    `${/^\d$/.test(name) ? 'Eine' : 'Ein'} ${name} stempeln: wählen, dann ein Feld antippen${key === null ? '' : ` (Taste ${key})`}`,
  undecided: 'unentschieden',
};

export const TEXTS: Localized<typeof en> = { en, de };
