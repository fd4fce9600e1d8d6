/**
 * Which way to compute the step is used: the one that was asked for, or the
 * best on this GPU, which is found once for each adapter and model and
 * remembered.
 */
import type { Simulation } from '../automaton/simulation.ts';
import { reasonOf } from './models.ts';
import type { Settings } from './settings.ts';

/** Where choices are kept; a page without storage finds them anew every time. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const PREFIX = 'strategy';

export class StrategyKeeper {
  readonly #simulation: Simulation;
  readonly #settings: Settings;
  readonly #memory: Memory | null;
  readonly #tell: (reasons: readonly string[]) => void;
  readonly #stopListening: () => void;
  #current: string;
  #work: Promise<void> = Promise.resolve();

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
    this.#stopListening = settings.events.on('change', () => {
      if (settings.values.strategy === this.#current) return;
      this.#current = settings.values.strategy;
      this.choose();
    });
  }

  /** Settled when no choice is under way: from then on a step is computed in one and the same way. */
  get settled(): Promise<void> {
    return this.#work;
  }

  /** Takes no more notice of the settings. */
  dispose(): void {
    this.#stopListening();
  }

  /** Finds the strategy for the model that runs now; call when it has changed. */
  choose(): void {
    this.#work = this.#work.then(() => this.#choose());
  }

  async #choose(): Promise<void> {
    const simulation = this.#simulation;
    const wanted = this.#settings.values.strategy;
    try {
      await simulation.useStrategy(wanted);
      if (wanted !== 'auto') return;
      const key = `${PREFIX}/${simulation.device.renderer}/${simulation.model.specification.name}`;
      this.#tell(await simulation.chooseStrategy(this.#recall(key)));
      this.#remember(key, simulation.strategy);
    } catch (error) {
      // A lost context ends every trial; the restored one is given a choice again.
      if (!simulation.device.isLoss(error)) this.#tell([reasonOf(error)]);
    }
  }

  #recall(key: string): string | undefined {
    try {
      return this.#memory?.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #remember(key: string, strategy: string): void {
    try {
      this.#memory?.setItem(key, strategy);
    } catch {
      // Full or forbidden storage costs a trial at the next start, nothing else.
    }
  }
}

/** The browser's storage for this page, or null where it is forbidden. */
export function pageMemory(): Memory | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
