/** The caption of the show, on one screen of a wall. */
import { captionOf } from '../kiosk/captions.ts';
import { chooseLanguage } from '../kiosk/languages.ts';
import type { KioskSettings } from '../kiosk/settings.ts';
import type { FromServer } from '../../../together/messages.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { WallConnection } from './connection.ts';

/** Shows the caption of each scene, if the room wants captions on this screen. */
export function showCaptions(
  { events, latest }: WallConnection,
  screen: number | undefined,
  settings: KioskSettings,
): void {
  const language = settings.language === 'auto' ? chooseLanguage(navigator.languages) : settings.language;
  const caption = makeElement('p', 'wall-caption');
  caption.lang = language;
  caption.hidden = true;
  elementById('stage', HTMLElement).append(caption);
  let scene: number | null = null;
  const take = (show: FromServer['show']): void => {
    const wanted = show.captionScreen === screen ? show.scene : null;
    if (wanted === scene) return;
    scene = wanted;
    const playing = scene === null ? undefined : settings.scenes[scene];
    caption.textContent = playing ? captionOf(playing, language) : '';
    caption.hidden = caption.textContent === '';
    // It changes its place, so that it does not burn in.
    if (!caption.hidden) caption.dataset['place'] = caption.dataset['place'] === 'low' ? 'high' : 'low';
  };
  events.on('show', take);
  if (latest.show) take(latest.show);
}
