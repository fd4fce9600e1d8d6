/** What hands and the operator of a wall do. */
import { operationOf } from '../../../together/hand-operations.ts';
import type { FromServer } from '../../../together/messages.ts';
import type { Listen, WallFloor } from './floor.ts';

type Cursor = FromServer['cursors'][number];

export class HandActions {
  readonly #floor: WallFloor;
  /** The cursors that have moved since they were last told. */
  #cursors = new Map<number, Cursor>();
  #stamps = 0;

  constructor(floor: WallFloor) {
    this.#floor = floor;
  }

  listen(on: Listen): void {
    const { conductor, setup } = this.#floor;
    on('draw', (client, { seq, action }, member) => {
      this.#stamps += 1;
      const reception = conductor.receive(member, seq, [operationOf(action, setup.canvas.seed + this.#stamps)]);
      if (reception === 'frozen') client.send('refused', { seq, reason: reception });
    });
    on('cursor', (_client, { at }, member) => {
      const hue = conductor.hueOf(member);
      this.#cursors.set(member, { member, hue, at });
    });
    on('operate', (client, action) => {
      if (client.userData?.join.role !== 'operator') return;
      if (action.do === 'drop') this.#floor.drop(action.member, 'the operator has ended your part');
      if (action.do === 'clear') conductor.insert({ event: { do: 'clear', after: 0 } });
      if (action.do === 'freeze') {
        conductor.isFrozen = action.frozen;
        this.#floor.tellFrozen();
      }
    });
  }

  look(): void {
    if (this.#cursors.size === 0) return;
    this.#floor.tellAll('screen', 'cursors', [...this.#cursors.values()]);
    this.#cursors = new Map();
  }
}
