/** What the views are called. */
import type { View } from '../../../view/views.ts';
import type { Localized } from './localized.ts';

export const VIEW_NAMES: Localized<Readonly<Record<View, string>>> = {
  en: {
    label: 'Label',
    confidence: 'Confidence',
    disagreement: 'Disagreement',
    flicker: 'Flicker',
    ink: 'Ink only',
    channel: 'One channel',
    channels: 'Three channels',
  },
  de: {
    label: 'Klasse',
    confidence: 'Sicherheit',
    disagreement: 'Uneinigkeit',
    flicker: 'Flackern',
    ink: 'Nur Tinte',
    channel: 'Ein Kanal',
    channels: 'Drei Kanäle',
  },
};
