/**
 * A second model on the same ink, drawn beside the first: made, kept in step
 * with the settings, carried over a lost context, and freed without a trace.
 */
import { Simulation } from '../automaton/simulation.ts';
import type { Model } from '../common/model/weights.ts';
import type { Camera } from '../view/camera.ts';
import type { Scene } from '../view/scene.ts';
import type { Settings } from './settings.ts';
import type { Memory } from './memory.ts';
import { StrategyKeeper } from './strategy.ts';

interface SecondModelOptions {
  /** The first, and the second while there is one. */
  readonly simulations: Simulation[];
  readonly scene: Scene;
  readonly camera: Camera;
  readonly settings: Settings;
  readonly memory: Memory | null;
  /** Another second model runs, or none. */
  readonly changed: (model: Model | null) => void;
}

export class SecondModel {
  readonly #options: SecondModelOptions;
  #strategy: StrategyKeeper | null = null;
  /** What is wanted, while the context is away as well. */
  #model: Model | null = null;
  /** Tells the latest of several requests. */
  #requests = 0;

  constructor(options: SecondModelOptions) {
    this.#options = options;
  }

  get model(): Model | null {
    return this.#model;
  }

  /** Settled when no other way to compute its step is about to be taken. */
  get settled(): Promise<void> {
    return this.#strategy?.settled ?? Promise.resolve();
  }

  /**
   * Runs a model beside the first, or none. Both start from the same ink without any state, so that neither is ahead.
   * @throws DeviceError if the GPU cannot run it as well; what was beside the first before stays
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
    const { simulations, scene, camera, settings, memory } = this.#options;
    const [first] = simulations;
    const { strategy } = settings.values;
    const { device, layout, seed } = first;
    const second = await Simulation.create(device, { model, layout, seed, strategy });
    try {
      const addLayer = await scene.prepareSecond();
      // Asked for something else meanwhile, or on another canvas.
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
    simulations.push(second);
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

  /** Dropout and noise that were set by hand hold for both; else each model has its own. */
  applySettings(): void {
    const [first, second] = this.#options.simulations as [Simulation, Simulation?];
    if (!second) return;
    const { values } = this.#options.settings;
    const firstStep = first.model.specification.step;
    const secondStep = second.model.specification.step;
    const { time } = second;
    time.dropout = values.dropout === firstStep.dropout ? secondStep.dropout : values.dropout;
    time.noise = values.noise === firstStep.noise ? secondStep.noise : values.noise;
    time.firing = values.firing;
  }

  /** Lets go of all that a lost context has taken. */
  suspend(): void {
    this.#requests += 1;
    this.#remove();
  }

  /** Makes again what {@link suspend} let go of. */
  async resume(): Promise<void> {
    if (this.#model) await this.use(this.#model);
  }

  #remove(): void {
    const { simulations, scene, camera } = this.#options;
    void this.#strategy?.dispose();
    this.#strategy = null;
    if (simulations.length < 2) return;
    simulations[0].edits.follower = null;
    scene.removeSecond();
    simulations.pop()?.dispose();
    camera.panes = 1;
  }
}
