/** The drawing that was touched last. What reads it is loaded with the first touch. */
import type { Statistics } from '../../../automaton/types.ts';
import type { Page } from '../../shell/feature.ts';
import { reportFault } from '../../shell/failures.ts';
import { lazily } from '../../shell/lazily.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { Point } from '../../../view/camera.ts';
import type { TouchedDrawing, TouchedDrawings } from './touched-drawings.ts';

export class TouchedTile {
  #drawings: TouchedDrawings | null = null;
  #point: Point | null = null;

  constructor(page: Page) {
    const { playground } = page;
    const load = lazily(async () => {
      const { TouchedDrawings } = await loadPart(() => import('./touched-drawings.ts'));
      this.#drawings = new TouchedDrawings(playground);
    });
    playground.editor.events.on('touched', (point) => {
      this.#point = point;
      load().catch((error: unknown) => reportFault(page, error, 'measure'));
    });
  }

  /** Returns what the latest statistics say about the drawing, or null before the first touch. */
  read(statistics: Statistics): TouchedDrawing | null {
    return this.#point && this.#drawings ? this.#drawings.read(statistics, this.#point) : null;
  }
}
