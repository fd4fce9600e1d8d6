/** Which models run on the canvas, and how their steps are computed. */
import type { Simulation } from '../automaton/simulation.ts';
import type { Model } from '../common/model/weights.ts';
import type { Adaptation } from './adaptation.ts';
import type { Editor } from './editor.ts';
import type { Memory } from './memory.ts';
import type { SecondModel } from './second-model.ts';
import type { Settings } from './settings.ts';
import { StrategyKeeper } from './strategy.ts';

interface ModelsOptions {
  readonly second: SecondModel;
  readonly settings: Settings;
  readonly editor: Editor;
  readonly adaptation: Adaptation;
  readonly memory: Memory | null;
  readonly isLive: () => boolean;
  /** Another first model runs. */
  readonly changed: (model: Model) => void;
  /** Told why strategies are not used on this GPU, one sentence each. */
  readonly rejected: (reasons: readonly string[]) => void;
}

export class Models {
  readonly first: Simulation;
  readonly #options: ModelsOptions;
  readonly #strategy: StrategyKeeper;

  constructor(options: ModelsOptions) {
    const { second, settings, memory, rejected } = options;
    this.first = second.first;
    this.#options = options;
    this.#strategy = new StrategyKeeper(second.first, settings, memory, rejected);
  }

  /** All that run on the canvas' ink: one, or two while models are compared. */
  get simulations(): readonly Simulation[] {
    return this.#options.second.simulations;
  }

  /** Another model on the same ink; dropout and noise become its own. */
  async use(model: Model): Promise<void> {
    const { editor, adaptation, changed } = this.#options;
    editor.assertLive();
    await this.first.useModel(model);
    adaptation.keepAsAsked();
    this.#strategy.choose();
    changed(model);
  }

  /**
   * A lighter model by the page itself, if nobody has asked for what there is, or relies on it.
   * @returns whether it runs
   */
  async relieve(model: Model): Promise<boolean> {
    const { editor, adaptation, changed, isLive } = this.#options;
    editor.assertLive();
    const isWanted = (): boolean => adaptation.mayAdapt && !adaptation.isAsked && isLive();
    if (!isWanted() || !(await this.first.useModel(model, isWanted))) return false;
    this.chooseStrategyWhilePlaying();
    changed(model);
    return true;
  }

  /**
   * Shows another model beside the first, on the same ink and strokes; null shows the first alone again.
   * @throws DeviceError if the GPU cannot run both
   */
  async compareWith(model: Model | null): Promise<void> {
    const { editor, adaptation, second } = this.#options;
    editor.assertLive();
    adaptation.keepAsAsked();
    await second.use(model);
  }

  /** Settled when no choice of how the first model's steps are computed is under way. */
  get strategySettled(): Promise<void> {
    return this.#strategy.settled;
  }

  /** Settled when no other way to compute either model's steps is about to be taken. */
  async settled(): Promise<void> {
    await this.#strategy.settled;
    await this.#options.second.settled;
  }

  /** Finds the strategy for the first model; call when somebody has asked for another. */
  chooseStrategy(): void {
    this.#strategy.choose();
  }

  /** Finds it as well, but only while the canvas plays and nobody holds it. */
  chooseStrategyWhilePlaying(): void {
    this.#strategy.chooseWhilePlaying(() => this.#options.adaptation.isFree);
  }

  /** Dropout, noise and firing of the settings. */
  applySettings(): void {
    const { second, settings } = this.#options;
    const { dropout, noise, firing } = settings.values;
    const { time } = this.first;
    time.dropout = dropout;
    time.noise = noise;
    time.firing = firing;
    second.applySettings();
  }

  /** Frees all that the GPU holds for the models; settled when nothing is tried any more. */
  async dispose(): Promise<void> {
    await this.#strategy.dispose();
    await this.#options.second.settled;
    this.#options.second.suspend();
  }
}
