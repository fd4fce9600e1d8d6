/**
 * A second model on the same ink, drawn beside the first. It is created, kept in step with the settings, re-created
 * after a context loss, and freed without a trace.
 */
import { Simulation } from '../automaton/simulation.ts';
import type { Model } from '../common/model/weights.ts';
import type { Camera } from '../view/camera.ts';
import type { Scene } from '../view/scene.ts';
import type { Settings } from './settings.ts';
import type { Memory } from './memory.ts';
import { StrategyKeeper } from './strategy.ts';

interface SecondModelOptions {
  readonly first: Simulation;
  readonly scene: Scene;
  readonly camera: Camera;
  readonly settings: Settings;
  readonly memory: Memory | null;
  /** Called when the second model has changed, or been removed. */
  readonly changed: (model: Model | null) => void;
}

export class SecondModel {
  readonly first: Simulation;
  readonly #options: SecondModelOptions;
  #simulations: readonly [Simulation] | readonly [Simulation, Simulation];
  #strategy: StrategyKeeper | null = null;
  /** The requested model, also while the context is lost. */
  #model: Model | null = null;
  /** Identifies the latest of several requests. */
  #requests = 0;

  constructor(options: SecondModelOptions) {
    this.#options = options;
    this.first = options.first;
    this.#simulations = [options.first];
  }

  /** The first simulation, and the second if there is one. */
  get simulations(): readonly Simulation[] {
    return this.#simulations;
  }

  get model(): Model | null {
    return this.#model;
  }

  /** Resolves when no change of its strategy is in progress. */
  get settled(): Promise<void> {
    return this.#strategy?.settled ?? Promise.resolve();
  }

  /**
   * Runs a model beside the first, or none. Both start from the same ink without any state, so that neither is ahead.
   *
   * @throws DeviceError if the GPU cannot run it as well; the previous second model stays
   */
  async use(model: Model | null): Promise<void> {
    this.#requests += 1;
    const request = this.#requests;
    if (!model) {
      this.#model = null;
      this.#remove();
      this.#options.changed(null);
      return;
    }
    const { first } = this;
    const { scene, camera, settings, memory } = this.#options;
    const { strategy } = settings.values;
    const { device, layout, seed } = first;
    const second = await Simulation.create(device, { model, layout, seed, strategy });
    try {
      const addLayer = await scene.prepareSecond();
      // In the meantime, another model or another canvas was requested.
      if (request !== this.#requests || first.layout !== layout) {
        second.dispose();
        addLayer.cancel();
        if (request === this.#requests) await this.use(model);
        return;
      }
      this.#remove();
      addLayer.add();
    } catch (error) {
      second.dispose();
      throw error;
    }
    this.#simulations = [first, second];
    this.#model = model;
    second.time.keepsPast = first.time.keepsPast;
    first.edits.follower = second.edits;
    camera.panes = 2;
    first.reset(first.seed);
    second.reset(first.seed);
    this.applySettings();
    this.#strategy = new StrategyKeeper(second, settings, memory, () => undefined);
    this.#strategy.choose();
    this.#options.changed(model);
  }

  /** Dropout and noise that the user has changed apply to both models. Otherwise each model has its own. */
  applySettings(): void {
    const [first, second] = this.#simulations;
    if (!second) return;
    const { values } = this.#options.settings;
    const firstStep = first.model.specification.step;
    const secondStep = second.model.specification.step;
    const { time } = second;
    time.dropout = values.dropout === firstStep.dropout ? secondStep.dropout : values.dropout;
    time.noise = values.noise === firstStep.noise ? secondStep.noise : values.noise;
    time.firing = values.firing;
  }

  /** Releases everything that was lost with the context. */
  suspend(): void {
    this.#requests += 1;
    this.#remove();
  }

  /** Re-creates what {@link suspend} has released. */
  async resume(): Promise<void> {
    if (this.#model) await this.use(this.#model);
  }

  #remove(): void {
    const { scene, camera } = this.#options;
    void this.#strategy?.dispose();
    this.#strategy = null;
    const [first, second] = this.#simulations;
    if (!second) return;
    first.edits.follower = null;
    scene.removeSecond();
    this.#simulations = [first];
    second.dispose();
    camera.panes = 1;
  }
}
