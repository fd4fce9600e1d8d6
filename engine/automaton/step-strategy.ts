/** How a simulation computes its step: by a strategy that was asked for, or the best that is found on this GPU. */
import type { Run } from './run.ts';
import type { StrategyChoice } from './strategy-trial.ts';
import type { Timeline } from './timeline.ts';

export class StepStrategy {
  readonly #run: Run;
  readonly #timeline: Timeline;

  constructor(run: Run, timeline: Timeline) {
    this.#run = run;
    this.#timeline = timeline;
  }

  /** The strategy that is used now. */
  get name(): string {
    return this.#run.machine.strategy;
  }

  /**
   * Tries which strategy is best on this GPU, and goes on with
   * it; the state is kept. Does nothing where a strategy was asked for by name.
   * @returns what was rejected on this GPU, one sentence each
   */
  async choose(choice?: StrategyChoice): Promise<readonly string[]> {
    if (this.#run.askedStrategy !== 'auto') return [];
    this.#run.applyEdits();
    const { machine, table } = this.#run;
    const before = machine.strategy;
    try {
      return await machine.chooseStrategy(table.end, choice);
    } finally {
      if (machine === this.#run.machine) this.#changed(before);
    }
  }

  /**
   * Another strategy, by name or `auto`; the state is kept.
   * @throws DeviceError if it does not run on this GPU; the old one stays
   */
  async use(strategy: string): Promise<void> {
    const { machine } = this.#run;
    const before = machine.strategy;
    await machine.useStrategy(strategy);
    this.#run.askedStrategy = strategy;
    if (machine === this.#run.machine) this.#changed(before);
  }

  #changed(before: string): void {
    const { name } = this;
    if (name === before) return;
    // Computed in another way the last steps would not come out the same.
    this.#timeline.restart();
    this.#run.observer?.changed({ kind: 'strategy', strategy: name });
  }
}
