/** What is said on a slow device. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  coarser: (share: number) =>
    `This device is slow: the picture is drawn with ${EN.percent.format(share)} of its pixels along a side, so that it stays smooth.`,
  finer: 'The picture is back at full resolution.',
  lighter: (name: string, before: string) =>
    `This device is slow: the lighter model “${name}” runs instead of “${before}”. The cells start over.`,
  started: (name: string, before: string) =>
    `This device is slow, so the page has started with the lighter model “${name}” instead of “${before}”.`,
  willLighten: (name: string, before: string, seconds: number) =>
    `This device is too slow for “${before}”. In ${seconds} seconds the lighter model “${name}” takes over, and the cells start over.`,
  keep: (name: string) => `Keep “${name}”`,
  back: (name: string) => `Use “${name}” anyway`,
};

const de: typeof en = {
  coarser: (share: number) =>
    `Dieses Gerät ist langsam: Das Bild wird mit ${DE.percent.format(share)} seiner Punkte je Seite gezeichnet, damit es flüssig bleibt.`,
  finer: 'Das Bild hat wieder seine volle Auflösung.',
  lighter: (name: string, before: string) =>
    `Dieses Gerät ist langsam: Das leichtere Modell „${name}“ läuft statt „${before}“. Die Zellen entscheiden neu.`,
  started: (name, before) =>
    `Dieses Gerät ist langsam; deshalb hat die Seite mit dem leichteren Modell „${name}“ statt mit „${before}“ begonnen.`,
  willLighten: (name, before, seconds) =>
    `Dieses Gerät ist zu langsam für „${before}“. In ${seconds} Sekunden tritt das leichtere Modell „${name}“ an seine Stelle, und die Zellen entscheiden neu.`,
  keep: (name) => `„${name}“ behalten`,
  back: (name: string) => `Trotzdem „${name}“ verwenden`,
};

export const TEXTS: Localized<typeof en> = { en, de };
