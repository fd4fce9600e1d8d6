/**
 * Announces to screen readers what the cells have decided, and measures the figures that the status line shows. It
 * measures a few times per second while the page is visible, and only after something has changed.
 */
import type { Statistics } from '../../../automaton/types.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { elementById } from '../../shell/elements.ts';
import { reportFault } from '../../shell/failures.ts';
import { TEXTS } from './texts.ts';
import { knowsOnlyDigits } from '../../../common/model/class-names.ts';
import type { TouchedDrawing } from './touched-drawings.ts';
import { TouchedTile } from './touched-tile.ts';

const MEASURE_EVERY_MILLISECONDS = 400;

/** A screen reader that is constantly interrupted never finishes a sentence. */
const SPEAK_EVERY_MILLISECONDS = 3000;

export const announce: Feature = { scope: 'everywhere', connect: announceDecisions };

function announceDecisions(page: Page): undefined {
  const { playground, language } = page;
  const texts = TEXTS[language];
  const { editor, clock, simulation, settings } = playground;
  const region = elementById('live', HTMLElement);
  const touchedTile = new TouchedTile(page);
  let spokenMilliseconds = -Infinity;
  let measuredVersion = -1;

  const speak = (statistics: Statistics): void => {
    // An exhibit has its own texts, in the guest's language.
    if (page.isExhibit) return;
    const touched = touchedTile.read(statistics);
    if (!touched || clock.now() - spokenMilliseconds < SPEAK_EVERY_MILLISECONDS) return;
    const sentences = [describeTile(touched)];
    if (statistics.majorityAccuracy !== null) sentences.push(texts.announce.accuracy(statistics.majorityAccuracy));
    const message = sentences.join(' ');
    if (message === region.textContent) return;
    region.textContent = message;
    spokenMilliseconds = clock.now();
  };

  const describeTile = ({ column, row, opinion, isUnknown }: TouchedDrawing): string => {
    if (!opinion) return texts.announce.empty(column + 1, row + 1);
    const { classes } = simulation.model.specification;
    if (isUnknown) return texts.announce.tile(column + 1, row + 1, texts.unknown(knowsOnlyDigits(classes)));
    const name = opinion.vote === null ? undefined : classes[opinion.vote]?.name;
    if (name === undefined) return texts.announce.undecided(column + 1, row + 1);
    return texts.announce.digit(column + 1, row + 1, name, opinion.agreement);
  };

  const measure = async (): Promise<void> => {
    if (document.hidden || !playground.live || !playground.frames.isReady || simulation.version === measuredVersion)
      return;
    measuredVersion = simulation.version;
    try {
      speak(await playground.figures.measure());
    } catch (error) {
      reportFault(page, error, 'measure');
    }
  };
  const repeat = (): void => {
    void measure().finally(() => clock.after(MEASURE_EVERY_MILLISECONDS, repeat));
  };
  editor.events.on('touched', () => {
    measuredVersion = -1;
  });
  settings.events.on('change', (names) => {
    // A view that shows majorities needs a measurement even if the canvas does not change.
    if (names.has('view')) measuredVersion = -1;
  });
  repeat();
}
