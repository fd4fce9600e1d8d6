/**
 * A canvas whose model is learning: it takes over one version of the model after the other, without losing its state.
 */
import { hasSameShape } from '../automaton/channel-map.ts';
import type { Simulation } from '../automaton/simulation.ts';
import type { Model } from '../common/model/weights.ts';
import type { Editor } from './editor.ts';
import type { Travel } from './travel.ts';

interface LearningParts {
  readonly first: Simulation;
  readonly editor: Editor;
  readonly travel: Travel;
  readonly isLive: () => boolean;
  /** Keeps the strategy as it is until the returned function is called. */
  readonly holdStrategy: () => () => void;
  /** Called when a version is in use. `isNewShape` if its classes, channels or layers differ from those before. */
  readonly changed: (model: Model, isNewShape: boolean) => void;
}

export class Learning {
  readonly #parts: LearningParts;
  /** The version in use, or null if nothing is learning. */
  #model: Model | null = null;
  #isChangingShape = false;
  #releaseStrategy = (): void => undefined;

  constructor(parts: LearningParts) {
    this.#parts = parts;
  }

  /** Whether the canvas follows a model that is learning. */
  get isOn(): boolean {
    return this.#model !== null && this.#model === this.#parts.first.model;
  }

  /**
   * Call this when a model like this one is likely to be learnt soon, so that the first {@link handOver} does not stop
   * the canvas. It is an offer: if it fails, that hand-over says why.
   */
  prepare(model: Model): void {
    const { first, isLive } = this.#parts;
    if (isLive()) first.prepareHandOver(model).catch(() => undefined);
  }

  /** Call this before the first {@link handOver}. The strategy stays as it is until {@link end}. */
  begin(): void {
    this.end();
    this.#model = this.#parts.first.model;
    this.#releaseStrategy = this.#parts.holdStrategy();
  }

  /**
   * Goes on with a newer version of the model, see {@link Simulation.handOver}. While the canvas cannot take it, the
   * version is left out: while the user is back in the past, or in the middle of a stroke that a new shape would
   * interrupt, while the context is lost, and if the canvas has got another model in the meantime.
   *
   * @returns whether the version is in use
   * @throws DeviceError if the GPU cannot run it; the previous version stays
   */
  async handOver(model: Model): Promise<boolean> {
    const { first, changed } = this.#parts;
    if (!this.isOn || this.#isChangingShape) return false;
    const isNewShape = !hasSameShape(first.model.specification, model.specification);
    const mayChange = (): boolean => this.#mayChange(isNewShape);
    if (!mayChange()) return false;
    this.#isChangingShape = isNewShape;
    try {
      if (!(await first.handOver(model, mayChange))) return false;
    } catch (error) {
      // After the restoration, the next version is taken.
      if (first.device.isLoss(error)) return false;
      throw error;
    } finally {
      this.#isChangingShape = false;
    }
    this.#model = model;
    changed(model, isNewShape);
    // The previous snapshot was of the other channels. Without a new one, a lost context would only cost the state.
    if (isNewShape) first.keepSnapshot().catch(() => undefined);
    return true;
  }

  /** Ends the learning with the version in use. The fastest strategy for it is found, and a replay begins with it. */
  end(): void {
    if (!this.#model) return;
    this.#model = null;
    this.#releaseStrategy();
    this.#parts.first.learnt();
  }

  #mayChange(isNewShape: boolean): boolean {
    const { editor, travel, isLive } = this.#parts;
    return isLive() && !travel.isInPast && !travel.isUnderWay && !(isNewShape && editor.changes.isUnderWay);
  }
}
