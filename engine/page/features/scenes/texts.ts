/** What is said of scenes, as files and as links. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  scenes: {
    save: 'Save the scene as a file',
    load: 'Load a scene …',
    saved: (megabytes: number) => `The scene was saved as a file of ${EN.short.format(megabytes)} MB.`,
    loaded: 'The scene was loaded.',
    loadedBut: (names: string) => `The scene was loaded without settings that this page does not know: ${names}.`,
  },

  links: {
    copy: 'Copy a link',
    copied: 'The link was copied.',
    inAddress: 'The browser does not allow copying; the link is in the address bar.',
    withoutCanvas: 'The canvas is too large for a link, so the link only contains the settings.',
    withoutModel: 'The link cannot contain the model, because it is not one of this site’s.',
    otherVersion: 'The link was made by another version of this page; some of it may be missing.',
    unknownSettings: (names: string) => `The link contains settings that this page does not know: ${names}.`,
    refused: (reason: string) => `The link cannot be opened: ${reason}`,
  },
};

const de: typeof en = {
  scenes: {
    save: 'Szene als Datei sichern',
    load: 'Szene laden …',
    saved: (megabytes) => `Die Szene wurde als Datei von ${DE.short.format(megabytes)} MB gesichert.`,
    loaded: 'Die Szene geht weiter, wo sie gesichert wurde.',
    loadedBut: (names) =>
      `Die Szene geht weiter, wo sie gesichert wurde, ohne Einstellungen, die diese Seite nicht kennt: ${names}.`,
  },

  links: {
    copy: 'Link kopieren',
    copied: 'Der Link ist in der Zwischenablage.',
    inAddress: 'Der Browser gibt die Zwischenablage nicht frei; der Link steht in der Adresszeile.',
    withoutCanvas: 'Die Leinwand ist für einen Link zu groß; er enthält nur die Einstellungen.',
    withoutModel: 'Das Modell gehört nicht zu dieser Seite; der Link kann es nicht enthalten.',
    otherVersion: 'Der Link stammt von einer anderen Version dieser Seite; geöffnet wurde, was hier dasselbe bedeutet.',
    unknownSettings: (names) => `Der Link enthält Einstellungen, die diese Seite nicht kennt: ${names}.`,
    refused: (reason) => `Der Link lässt sich nicht öffnen: ${reason}`,
  },
};

export const TEXTS: Localized<typeof en> = { en, de };
