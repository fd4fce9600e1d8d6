/**
 * Which way to compute the step is used: the one that was asked for, or the
 * best on this GPU, which is found once for each adapter and model and
 * remembered.
 */
import { messageOf } from '../common/error-message.ts';
import type { StrategyChoice } from '../automaton/strategy-trial.ts';
import type { Simulation } from '../automaton/simulation.ts';
import { type Memory, recall, remember } from './memory.ts';
import type { Settings } from './settings.ts';

/** Not that of earlier versions, which remembered programs that are too dear for some. */
const PREFIX = 'program';

export class StrategyKeeper {
  readonly #simulation: Simulation;
  readonly #settings: Settings;
  readonly #memory: Memory | null;
  readonly #tell: (reasons: readonly string[]) => void;
  readonly #stopListening: () => void;
  #current: string;
  #work: Promise<void> = Promise.resolve();
  /** What the page tries by itself. */
  #own: Promise<void> = Promise.resolve();
  /** While the strategy is still to be found by the page itself. */
  #isFree: (() => boolean) | null = null;

  /** @param tell receives why a strategy is not used on this GPU, one sentence each */
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
   * Settled when no choice is under way that somebody has asked for. One that the page makes by itself is none of them:
   * it changes nothing while it is paused or held, and is not waited for.
   */
  get settled(): Promise<void> {
    return this.#work;
  }

  /** Takes no more notice of the settings; settled when nothing is tried any more. */
  async dispose(): Promise<void> {
    this.#stopListening();
    this.#isFree = null;
    await Promise.all([this.#work, this.#own]);
  }

  /** Finds the strategy for the model that runs now; call when somebody has asked for another. */
  choose(): void {
    this.#isFree = null;
    this.#work = this.#work.then(() => this.#choose({}));
  }

  /**
   * Finds it as well, but by the page itself: only while it plays. Paused meanwhile, it goes on as it was, and the
   * strategy is found when it plays again.
   * @param isFree whether nothing is under way that a change would disturb
   */
  chooseWhilePlaying(isFree: () => boolean): void {
    this.#isFree = isFree;
    this.#tryWhilePlaying();
  }

  #tryWhilePlaying(): void {
    const isFree = this.#isFree;
    if (!isFree || this.#settings.values.paused) return;
    const isWanted = (): boolean => !this.#settings.values.paused && this.#isFree === isFree;
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
      // A lost context ends every trial; the restored one is given a choice again.
      if (!simulation.device.isLoss(error)) this.#tell([messageOf(error)]);
    }
  }
}
