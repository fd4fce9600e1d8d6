/** The line of figures under the canvas. */
import type { Statistics } from '../automaton/types.ts';
import type { Controls } from './controls.ts';
import { elementById } from './elements.ts';
import { knowsOnlyDigits, TouchedTile } from './touched-tile.ts';

const EVERY_MILLISECONDS = 500;

export function showStatus({ playground, texts }: Controls): void {
  const line = elementById('status', HTMLElement);
  line.setAttribute('aria-label', texts.status.label);
  const touchedTile = new TouchedTile(playground);
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
      unknown: isUnknown ? texts.unknown(knowsOnlyDigits(simulation.model.specification.classes)) : null,
    });
  };
  show();
}
