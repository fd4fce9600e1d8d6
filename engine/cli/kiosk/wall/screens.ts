/** What the screens of a wall report, and how one gets the state of another. */
import type { KeptState } from '../../../together/room-record.ts';
import { MOST_STATE_BYTES, PART_BYTES } from '../../../together/limits.ts';
import type { FromServer, ToServer } from '../../../together/messages.ts';
import type { Listen, WallClient, WallFloor } from './floor.ts';

/** A state is asked for at least this often, so that the record of the room stays short. */
const KEEP_MILLISECONDS = 60_000;

/** A screen that was asked for its state has this long; then another one is asked. */
const GIVE_MILLISECONDS = 3000;

/** The canvas on which nothing has happened; as long as no state was kept, the whole log is. */
const EMPTY: KeptState = { step: 0, entry: 0, bytes: new Uint8Array() };

type Part = ToServer['state'];

/** A state that is being received. */
interface Arriving {
  readonly member: number;
  readonly since: number;
  parts: Part[];
  bytes: number;
}

export class ScreenReports {
  readonly #floor: WallFloor;
  #arriving: Arriving | null = null;
  #asked = performance.now();
  /** What the show was at last. */
  #show: FromServer['show'] | null = null;

  constructor(floor: WallFloor) {
    this.#floor = floor;
  }

  listen(on: Listen): void {
    const { conductor } = this.#floor;
    on('progress', (client, message, member) => {
      if (isScreen(client)) conductor.progress(member, message);
    });
    on('digest', (client, message, member) => {
      if (isScreen(client)) conductor.digest(member, message);
    });
    on('operations', (client, { seq, operations }, member) => {
      if (!isScreen(client)) return;
      const reception = conductor.receive(member, seq, operations, 'show');
      if (reception === 'frozen') client.send('refused', { seq, reason: reception });
    });
    on('show', (_client, show, member) => {
      const { setup } = this.#floor;
      if (member !== conductor.leader) return;
      const { captionScreen, delayMilliseconds } = setup;
      this.#show = { ...show, captionScreen, time: performance.now() + delayMilliseconds };
      this.#floor.tellAll('screen', 'show', this.#show);
    });
    on('wantState', (client, _message, member) => {
      if (!isScreen(client)) return;
      const giver = conductor.wantState(member);
      if (giver !== null) this.#ask(giver);
      else this.#send(member, conductor.state ?? EMPTY);
    });
    on('state', (client, part, member) => {
      if (isScreen(client)) this.#take(member, part);
    });
  }

  /** Tells a screen that has joined what the show is at. */
  welcome(member: number): void {
    if (this.#show) this.#floor.tell(member, 'show', this.#show);
  }

  /** Compares digests, and asks for a state from time to time. */
  look(): void {
    const { conductor } = this.#floor;
    for (const { member, step } of conductor.takeDiffering()) this.#floor.tell(member, 'differs', { step });
    const now = performance.now();
    if (now - this.#asked > KEEP_MILLISECONDS && conductor.leader !== null) this.#ask(conductor.leader);
  }

  #ask(member: number): void {
    const now = performance.now();
    if (this.#arriving && now - this.#arriving.since < GIVE_MILLISECONDS) return;
    this.#arriving = { member, since: now, parts: [], bytes: 0 };
    this.#asked = now;
    this.#floor.tell(member, 'giveState', {});
  }

  #take(member: number, part: Part): void {
    const arriving = this.#arriving;
    if (!arriving || arriving.member !== member || part.part !== arriving.parts.length) return;
    arriving.parts.push(part);
    arriving.bytes += part.bytes.length;
    if (arriving.bytes > MOST_STATE_BYTES) {
      this.#arriving = null;
      this.#floor.drop(member, 'its state is too large');
      return;
    }
    if (arriving.parts.length < part.parts) return;
    this.#arriving = null;
    const bytes = new Uint8Array(arriving.bytes);
    let offset = 0;
    for (const one of arriving.parts) {
      bytes.set(one.bytes, offset);
      offset += one.bytes.length;
    }
    const { step, entry } = part;
    const state = { step, entry, bytes };
    for (const waiting of this.#floor.conductor.keep(state)) this.#send(waiting, state);
    void this.#floor.keepState();
  }

  /** Sends a state, and the log since. */
  #send(member: number, { step, entry, bytes }: KeptState): void {
    const parts = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
    for (let part = 0; part < parts; part += 1) {
      const slice = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      this.#floor.tell(member, 'state', { step, entry, part, parts, bytes: slice });
    }
    const turn = this.#floor.conductor.turnFrom(entry);
    if (turn) this.#floor.tell(member, 'turn', turn);
  }
}

function isScreen(client: WallClient): boolean {
  return client.userData?.join.role === 'screen';
}
