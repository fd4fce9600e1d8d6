/** The panel's figures about the device: what computes, how fast, and how much memory is used. */
import type GUI from 'lil-gui';
import type { Page } from '../../shell/feature.ts';
import { TEXTS } from './texts.ts';

const EVERY_MILLISECONDS = 500;

/**
 * Adds read-only lines and updates them while `holder` is shown. The memory is that of the automaton's textures. Pixi's
 * own textures take only a few kilobytes.
 */
export function showDevice(folder: GUI, holder: HTMLElement, { playground, language }: Page): void {
  const { figures, strategies, megabytes, milliseconds, share } = TEXTS[language];
  const { simulation } = playground;
  // Strategies with half floats have a suffix.
  const labels: Record<string, string> = strategies;
  const read = () => ({
    renderer: simulation.device.renderer,
    strategy: labels[simulation.strategy.name] ?? simulation.strategy.name,
    memory: megabytes(simulation.device.textureBytes),
    step: playground.rates.stepMilliseconds === null ? '–' : milliseconds(playground.rates.stepMilliseconds),
    resolution: share(playground.picture.resolution),
  });
  const shown = read();
  const lines = (Object.keys(shown) as (keyof typeof shown)[]).map((name) =>
    folder.add(shown, name).name(figures[name]).disable(),
  );
  const update = (): void => {
    playground.clock.after(EVERY_MILLISECONDS, update);
    if (holder.hidden || document.hidden) return;
    Object.assign(shown, read());
    for (const line of lines) line.updateDisplay();
  };
  update();
}
