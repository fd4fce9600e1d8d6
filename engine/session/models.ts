/** The models that run on the canvas, and how their steps are computed. */
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
  /** Called when the first model has changed. */
  readonly changed: (model: Model) => void;
  /** Receives one sentence for each strategy that is not used on this GPU. */
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

  /** All simulations on the canvas' ink: one, or two while models are compared. */
  get simulations(): readonly Simulation[] {
    return this.#options.second.simulations;
  }

  /** Switches to another model on the same ink, and sets the dropout and noise to the model's own. */
  async use(model: Model): Promise<void> {
    const { editor, adaptation, changed } = this.#options;
    editor.changes.assertLive();
    await editor.handwriting.learn(model.specification.classes);
    const names = namesOf(this.first.model);
    await this.first.useModel(model);
    // What undo would put back has labels of the other alphabet.
    if (namesOf(model) !== names) editor.changes.forget();
    adaptation.keepAsAsked();
    this.#strategy.choose();
    changed(model);
  }

  /**
   * Switches to a lighter model automatically, unless the user has requested the current one or something relies on it.
   *
   * @returns whether the lighter model is in use
   */
  async relieve(model: Model): Promise<boolean> {
    const { editor, adaptation, changed, isLive } = this.#options;
    editor.changes.assertLive();
    const isWanted = (): boolean => adaptation.mayAdapt && !adaptation.isAsked && isLive();
    await editor.handwriting.learn(model.specification.classes);
    if (!isWanted() || !(await this.first.useModel(model, isWanted))) return false;
    this.chooseStrategyWhilePlaying();
    changed(model);
    return true;
  }

  /**
   * Shows another model beside the first, on the same ink and strokes. Null shows the first alone again.
   *
   * @throws DeviceError if the GPU cannot run both
   */
  async compareWith(model: Model | null): Promise<void> {
    const { editor, adaptation, second } = this.#options;
    editor.changes.assertLive();
    adaptation.keepAsAsked();
    await second.use(model);
  }

  /** Resolves when no choice of a strategy for the first model is in progress. */
  get strategySettled(): Promise<void> {
    return this.#strategy.settled;
  }

  /** Resolves when no change of strategy for either model is in progress. */
  async settled(): Promise<void> {
    await this.#strategy.settled;
    await this.#options.second.settled;
  }

  /** Finds the strategy for the first model. Call this when the user has requested another one. */
  chooseStrategy(): void {
    this.#strategy.choose();
  }

  /** Finds the strategy as well, but only while the canvas is playing and nothing holds it. */
  chooseStrategyWhilePlaying(): void {
    this.#strategy.chooseWhilePlaying(() => this.#options.adaptation.isFree);
  }

  /** Keeps the strategy of the first model as it is until the returned function is called. */
  holdStrategy(): () => void {
    return this.#strategy.hold();
  }

  /** Applies the dropout, noise and firing mode of the settings. */
  applySettings(): void {
    const { second, settings } = this.#options;
    const { dropout, noise, firing } = settings.values;
    const { time } = this.first;
    time.dropout = dropout;
    time.noise = noise;
    time.firing = firing;
    second.applySettings();
  }

  /** Frees all GPU memory of the models. Resolves when no trial is running any more. */
  async dispose(): Promise<void> {
    await this.#strategy.dispose();
    await this.#options.second.settled;
    this.#options.second.suspend();
  }
}

/** The names of a model's classes, to compare. */
function namesOf({ specification }: Model): string {
  return JSON.stringify(specification.classes.map(({ name }) => name));
}
