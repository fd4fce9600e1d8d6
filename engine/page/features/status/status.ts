/** The line of figures under the canvas. */
import type { Statistics } from '../../../automaton/types.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { elementById } from '../../shell/elements.ts';
import { TEXTS } from './texts.ts';
import { knowsOnlyDigits } from '../../../common/model/class-names.ts';
import { TouchedTile } from './touched-tile.ts';

const EVERY_MILLISECONDS = 500;

export const status: Feature = { scope: 'controls', connect: showStatus };

function showStatus(page: Page): undefined {
  const { playground, language } = page;
  const texts = TEXTS[language];
  const line = elementById('status', HTMLElement);
  line.setAttribute('aria-label', texts.status.label);
  const touchedTile = new TouchedTile(page);
  let measured: Statistics | null = null;
  playground.events.on('measured', (statistics) => {
    measured = statistics;
  });
  const show = (): void => {
    playground.clock.after(EVERY_MILLISECONDS, show);
    if (document.hidden) return;
    const { simulation } = playground;
    const isUnknown = measured !== null && touchedTile.read(measured)?.isUnknown === true;
    line.textContent = texts.status.line({
      framesPerSecond: playground.rates.framesPerSecond,
      stepsPerSecond: playground.rates.stepsPerSecond,
      step: simulation.time.step,
      liveCells: simulation.canvas.liveCells,
      agreement: measured?.agreement ?? null,
      accuracy: measured?.majorityAccuracy ?? null,
      undecided: measured?.undecided ?? null,
      unknown: isUnknown ? texts.unknown(knowsOnlyDigits(simulation.model.specification.classes)) : null,
    });
  };
  show();
}
