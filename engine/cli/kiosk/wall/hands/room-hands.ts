/** The hands' part in the room: members without a connection of their own, since the phones speak to the hand server. */
import { operationOf } from '../../../../together/hand-operations.ts';
import { PROTOCOL_VERSION } from '../../../../together/limits.ts';
import type { FromServer, HandAction } from '../../../../together/messages.ts';
import type { WallFloor } from '../floor.ts';
import type { Position } from './hand.ts';
import type { HandRoom } from './hand-server.ts';

type Cursor = FromServer['cursors'][number];

export class RoomHands implements HandRoom {
  readonly #floor: WallFloor;
  readonly #members = new Map<string, number>();
  #cursors = new Map<number, Cursor>();
  #stamps = 0;

  constructor(floor: WallFloor) {
    this.#floor = floor;
  }

  get isFrozen(): boolean {
    const { isFrozen, isClosed } = this.#floor.conductor;
    return isFrozen || isClosed;
  }

  join(id: string): { readonly member: number; readonly taken: number } {
    const { member, seq } = this.#floor.conductor.join({ version: PROTOCOL_VERSION, role: 'hand', token: '', key: id });
    this.#members.set(id, member);
    return { member, taken: seq };
  }

  leave(id: string): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    this.#members.delete(id);
    this.#floor.conductor.leave(member);
  }

  draw(id: string, n: number, action: HandAction): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    this.#stamps += 1;
    this.#floor.conductor.receive(member, n, [operationOf(action, this.#floor.setup.canvas.seed + this.#stamps)]);
  }

  point(id: string, at: Position | null): void {
    const member = this.#members.get(id);
    if (member !== undefined) this.#cursors.set(member, { member, hue: this.#floor.conductor.hueOf(member), at });
  }

  tellPoints(): void {
    if (this.#cursors.size === 0) return;
    this.#floor.tellAll('screen', 'cursors', [...this.#cursors.values()]);
    this.#cursors = new Map();
  }
}
