/**
 * Decides which strategy is used: the one that was requested, or the best one on this GPU, which is found once for each
 * adapter and model and remembered.
 */
import { messageOf } from '../common/error-message.ts';
import type { StrategyChoice } from '../automaton/strategy-trial.ts';
import type { Simulation } from '../automaton/simulation.ts';
import { type Memory, recall, remember } from './memory.ts';
import type { Settings } from './settings.ts';

/** This differs from the prefix of earlier versions, which remembered programs that are too expensive for some GPUs. */
const PREFIX = 'program';

export class StrategyKeeper {
  readonly #simulation: Simulation;
  readonly #settings: Settings;
  readonly #memory: Memory | null;
  readonly #tell: (reasons: readonly string[]) => void;
  readonly #stopListening: () => void;
  #current: string;
  #work: Promise<void> = Promise.resolve();
  /** The trials that the page runs automatically. */
  #own: Promise<void> = Promise.resolve();
  /** Whether the strategy must stay as it is, see {@link hold}. */
  #isHeld = false;
  /** Set while the page has yet to find the strategy automatically. */
  #isFree: (() => boolean) | null = null;

  /** @param tell receives one sentence for each strategy that is not used on this GPU */
  constructor(
    simulation: Simulation,
    settings: Settings,
    memory: Memory | null,
    tell: (reasons: readonly string[]) => void,
  ) {
    this.#simulation = simulation;
    this.#settings = settings;
    this.#memory = memory;
    this.#tell = tell;
    this.#current = settings.values.strategy;
    this.#stopListening = settings.events.on('change', (names) => {
      if (names.has('paused')) this.#tryWhilePlaying();
      if (settings.values.strategy === this.#current) return;
      this.#current = settings.values.strategy;
      this.choose();
    });
  }

  /**
   * Resolves when no choice that the user has requested is in progress. An automatic choice does not count: it changes
   * nothing while the page is paused or held, and is not waited for.
   */
  get settled(): Promise<void> {
    return this.#work;
  }

  /** Stops listening to the settings. Resolves when no trial is running any more. */
  async dispose(): Promise<void> {
    this.#stopListening();
    this.#isFree = null;
    await Promise.all([this.#work, this.#own]);
  }

  /** Finds the strategy for the model in use. Call this when the user has requested another one. */
  choose(): void {
    this.#isFree = null;
    if (this.#isHeld) return;
    this.#work = this.#work.then(() => this.#choose({}));
  }

  /** Keeps the strategy as it is until the returned function is called, which then finds it. */
  hold(): () => void {
    this.#isHeld = true;
    return () => {
      if (!this.#isHeld) return;
      this.#isHeld = false;
      this.choose();
    };
  }

  /**
   * Finds the strategy as well, but automatically and only while the page is playing. If it is paused in the meantime,
   * nothing changes, and the strategy is found when it plays again.
   *
   * @param isFree whether nothing is in progress that a change would disturb
   */
  chooseWhilePlaying(isFree: () => boolean): void {
    this.#isFree = isFree;
    this.#tryWhilePlaying();
  }

  #tryWhilePlaying(): void {
    const isFree = this.#isFree;
    if (!isFree || this.#isHeld || this.#settings.values.paused) return;
    const isWanted = (): boolean => !this.#settings.values.paused && !this.#isHeld && this.#isFree === isFree;
    this.#own = this.#own.then(async () => {
      await this.#work;
      if (!isWanted()) return;
      await this.#choose({ isWanted, isFree });
      if (isWanted()) this.#isFree = null;
    });
  }

  async #choose(choice: StrategyChoice): Promise<void> {
    const simulation = this.#simulation;
    const wanted = this.#settings.values.strategy;
    try {
      await simulation.strategy.use(wanted);
      if (wanted !== 'auto') return;
      const key = `${PREFIX}/${simulation.device.renderer}/${simulation.model.specification.name}`;
      this.#tell(await simulation.strategy.choose({ ...choice, hint: recall(this.#memory, key) }));
      if (choice.isWanted?.() ?? true) remember(this.#memory, key, simulation.strategy.name);
    } catch (error) {
      // A lost context ends every trial. After it is restored, the choice is made again.
      if (!simulation.device.isLoss(error)) this.#tell([messageOf(error)]);
    }
  }
}
