/** A screen without a picture, which notes when the events of each hand arrive. */
import { randomBytes } from 'node:crypto';
import { Client, type Room } from '@colyseus/sdk';
import { PROTOCOL_VERSION } from '../../../../together/limits.ts';
import type { FromServer } from '../../../../together/messages.ts';
import { SEAT_PATH } from '../wall-server.ts';

export class MadeUpScreen {
  /** Events that did not follow those before them. */
  disordered = 0;
  readonly #room: Room;
  readonly #arrivals = new Map<number, number[]>();
  readonly #last = new Map<number, number>();
  #entry = 0;

  private constructor(room: Room) {
    this.#room = room;
    room.reconnection.enabled = false;
    room.onMessage('turn', (turn: FromServer['turn']) => this.#take(turn));
    room.onMessage('*', () => undefined);
  }

  /** @throws Error if the server does not let it in */
  static async join(address: string, token: string): Promise<MadeUpScreen> {
    const key = randomBytes(18).toString('base64url');
    const join = { version: PROTOCOL_VERSION, role: 'screen', token, key, screen: 1, renderer: 'made up' };
    const response = await fetch(new URL(SEAT_PATH, address), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(join),
    });
    if (!response.ok) throw new Error(await response.text());
    const seat = (await response.json()) as Parameters<Client['consumeSeatReservation']>[0];
    return new MadeUpScreen(await new Client(address).consumeSeatReservation(seat));
  }

  /** When the events of a hand arrived, in their order. A hand draws in the row of its number. */
  arrivals(row: number): readonly number[] {
    return this.#arrivals.get(row) ?? [];
  }

  close(): void {
    void this.#room.leave();
  }

  #take({ entries, closed }: FromServer['turn']): void {
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
      const arrivals = this.#arrivals.get(row) ?? [];
      arrivals.push(now);
      this.#arrivals.set(row, arrivals);
    }
    this.#room.send('progress', { step: closed, lateMilliseconds: 0, framesPerSecond: 60, strategy: 'blocks' });
  }
}
