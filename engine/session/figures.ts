/**
 * The statistics of the canvas: measures them, emits them as events, and passes them to pictures that show majorities.
 */
import type { Statistics } from '../automaton/types.ts';
import type { Emitter } from '../core/events.ts';
import type { Scene } from '../view/scene.ts';
import { needsVotes } from '../view/views.ts';
import type { Editor } from './editor.ts';
import type { PlaygroundEvents } from './playground-events.ts';
import type { SecondModel } from './second-model.ts';
import type { Settings } from './settings.ts';

interface FigureParts {
  readonly scene: Scene;
  readonly settings: Settings;
  readonly models: Pick<SecondModel, 'first' | 'simulations'>;
  readonly editor: Editor;
  readonly events: Emitter<PlaygroundEvents>;
}

export class Figures {
  readonly #parts: FigureParts;
  /** The versions of the simulations whose majorities the picture shows. */
  #votedVersions: readonly number[] = [];

  constructor(parts: FigureParts) {
    this.#parts = parts;
  }

  /** Measures and emits the present statistics. */
  async measure(): Promise<Statistics> {
    const { scene, settings, models, editor, events } = this.#parts;
    editor.changes.assertLive();
    const { layout } = models.first;
    const versions = models.simulations.map(({ version }) => version);
    const all = await Promise.all(models.simulations.map(({ measurement }) => measurement.measure()));
    if (needsVotes(settings.values.view)) {
      all.forEach((statistics, index) => scene.setVotes(layout, statistics, index));
      this.#votedVersions = versions;
    }
    events.emit('measured', all[0]);
    if (all.length > 1) events.emit('measuredSecond', all[1]);
    return all[0];
  }

  /** Measures the digits' majorities if the view shows them and they are out of date. */
  async bringVotes(): Promise<void> {
    const { settings, models } = this.#parts;
    if (!needsVotes(settings.values.view)) return;
    const isThere = models.simulations.every(({ version }, index) => version === this.#votedVersions[index]);
    if (!isThere) await this.measure();
  }

  /** Call this when the picture has lost its majorities with the GPU's context. */
  forgetVotes(): void {
    this.#votedVersions = [];
  }
}
