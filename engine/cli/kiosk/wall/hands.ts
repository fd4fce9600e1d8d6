/** What hands on the screens of a wall do. */
import { BezelBridge } from '../../../together/hands/bezel.ts';
import { operationOf } from '../../../together/hand-operations.ts';
import type { FromServer } from '../../../together/messages.ts';
import type { Listen, WallFloor } from './floor.ts';

type Cursor = FromServer['cursors'][number];

export class HandActions {
  readonly #floor: WallFloor;
  /** The cursors that have moved since they were last told. */
  #cursors = new Map<number, Cursor>();
  #stamps = 0;
  /** Joins strokes that go on from one screen to the next. */
  readonly #bezels = new BezelBridge();

  constructor(floor: WallFloor) {
    this.#floor = floor;
  }

  listen(on: Listen): void {
    const { conductor, setup } = this.#floor;
    on('draw', (client, { seq, action }, member) => {
      this.#stamps += 1;
      const region = this.#floor.regionOf(client.userData?.join.screen);
      const drawn =
        region && action.do === 'stroke' ? this.#bezels.take(member, region, action, performance.now()) : action;
      const reception = conductor.receive(member, seq, [operationOf(drawn, setup.canvas.seed + this.#stamps)]);
      if (reception === 'frozen') client.send('refused', { seq, reason: reception });
    });
    on('cursor', (_client, { at }, member) => {
      const hue = conductor.hueOf(member);
      this.#cursors.set(member, { member, hue, at });
    });
  }

  look(): void {
    if (this.#cursors.size === 0) return;
    this.#floor.tellAll('screen', 'cursors', [...this.#cursors.values()]);
    this.#cursors = new Map();
  }
}
