/** When the events of each hand arrive at a screen. A hand draws in the row of its number. */
import type { FromServer } from '../../../../together/messages.ts';
import type { MadeUpScreen } from '../made-up-screen.ts';

export class Arrivals {
  /** Events that did not follow those before them. */
  disordered = 0;
  readonly #times = new Map<number, number[]>();
  readonly #last = new Map<number, number>();
  #entry = 0;

  constructor({ connection }: MadeUpScreen) {
    connection.events.on('turn', (turn) => this.#take(turn));
  }

  /** The times of a hand's events, in their order. */
  of(row: number): readonly number[] {
    return this.#times.get(row) ?? [];
  }

  #take({ entries }: FromServer['turn']): void {
    const now = performance.now();
    for (const { entry, operation } of entries) {
      if (entry !== this.#entry) this.disordered += 1;
      this.#entry = entry + 1;
      const { event } = operation;
      if (event.do !== 'paint') continue;
      const [x, row] = event.points.slice(-3);
      const last = this.#last.get(row);
      // A segment begins where the one before has ended.
      if (last !== undefined && event.points[0] !== last) this.disordered += 1;
      this.#last.set(row, x);
      const times = this.#times.get(row) ?? [];
      times.push(now);
      this.#times.set(row, times);
    }
  }
}
