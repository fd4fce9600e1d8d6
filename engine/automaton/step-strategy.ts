/** How a simulation computes its step: with a strategy that was requested, or with the best one found on this GPU. */
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

  /** The strategy in use. */
  get name(): string {
    return this.#run.machine.strategy;
  }

  /**
   * Finds the best strategy on this GPU and switches to it. The state is kept. Does nothing if a strategy was requested
   * by name.
   *
   * @returns one sentence for each strategy that was rejected on this GPU
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
   * Switches to another strategy, by name or `auto`. The state is kept.
   *
   * @throws DeviceError if the strategy does not run on this GPU; the old one stays in use
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
    // With another strategy, replaying the last steps would not give the same result.
    this.#timeline.restart();
    this.#run.observer?.changed({ kind: 'strategy', strategy: name });
  }
}
