/** The code in a corner of one screen, which visitors scan to draw with their phones. */
import type { FromServer } from '../../../together/messages.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import type { WallConnection } from './connection.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Shows the code as long as the server tells one for this screen. */
export function showJoinCode({ events }: WallConnection, screen: number | undefined, label: string): void {
  const place = makeElement('div', 'wall-code');
  place.hidden = true;
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', label);
  const picture = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  picture.append(path);
  place.append(picture);
  elementById('stage', HTMLElement).append(place);
  events.on('code', (code: FromServer['code']) => {
    place.hidden = code === null || code.screen !== screen;
    if (!code || place.hidden) return;
    picture.setAttribute('viewBox', `0 0 ${code.size} ${code.size}`);
    path.setAttribute('d', code.path);
    place.dataset['corner'] = code.corner;
    place.style.setProperty('--share', String(code.share));
  });
  // Whoever scanned it now would find nobody.
  events.on('closed', () => {
    place.hidden = true;
  });
}
