/** The room of a wall: connects the conductor with the members, and writes down what is sent. */
import { randomBytes } from 'node:crypto';
import { type Client, getMessageBytes, Protocol, Room } from '@colyseus/core';
import * as v from 'valibot';
import { messageOf } from '../../../common/error-message.ts';
import { Conductor } from '../../../together/conductor.ts';
import type { TurnRecord } from '../../../together/room-record.ts';
import type { Region } from '../../../together/geometry.ts';
import { PROTOCOL_VERSION } from '../../../together/limits.ts';
import { type FromServer, type Join, joinSchema, ROLES, TO_SERVER, type ToServer } from '../../../together/messages.ts';
import type { RoomWatch, WallClient, WallFloor } from './floor.ts';
import { HandActions } from './hands.ts';
import { Journal } from './journal.ts';
import { ScreenLayout } from './screen-layout.ts';
import { ScreenReports } from './screens.ts';
import type { WallSetup } from './setup.ts';
import { type WallBook } from './wall-book.ts';

/** More than the parts of a large state that a screen sends, and far more than a hand draws. */
const MOST_MESSAGES_A_SECOND = 2000;

/** How often digests are compared, and the hours looked at. */
const LOOK_MILLISECONDS = 500;

/** How long the server looks away at most, while no step is due. */
const LONGEST_NAP_MILLISECONDS = 20;

/** The name of the room in the matchmaker. */
export const WALL_ROOM = 'wall';

/** Creates the room's class for one wall. */
export function wallRoom(setup: WallSetup, book: WallBook, watch?: RoomWatch): new () => Room {
  return class WallRoom extends Room implements WallFloor {
    override autoDispose = false;
    override maxMessagesPerSecond = MOST_MESSAGES_A_SECOND;
    readonly setup = setup;
    readonly #journal = new Journal(setup.openStore());
    #conductor: Conductor | null = null;
    #screens: ScreenReports | null = null;
    readonly #layout = new ScreenLayout(setup);
    readonly #present = new Map<number, WallClient>();
    #writing: Promise<void> = Promise.resolve();
    #isOver = false;
    #stopLooking = (): void => undefined;

    get conductor(): Conductor {
      if (!this.#conductor) throw new Error('The room is not ready.');
      return this.#conductor;
    }

    override async onCreate(): Promise<void> {
      const record = await this.#journal.load().catch((error: unknown) => {
        setup.log(`The wall's record cannot be read, so the wall starts with an empty canvas: ${messageOf(error)}`);
        return null;
      });
      const room = record?.room ?? randomBytes(9).toString('base64url');
      if (!record) await this.#journal.begin(room);
      const { stepsPerSecond, delayMilliseconds } = setup;
      const now = (): number => performance.now();
      this.#conductor = new Conductor({ room, stepsPerSecond, delayMilliseconds, now }, record);
      book.opened(this.#conductor);
      watch?.opened(this);
      this.#on('map', (_client, map, member) => {
        if (member === this.conductor.leader) watch?.mapped(map);
      });
      const screens = new ScreenReports(this);
      this.#screens = screens;
      const hands = new HandActions(this);
      this.#on('clock', (client, { sent }) => client.send('clock', { sent, time: now() }));
      screens.listen((name, handle) => this.#on(name, handle));
      hands.listen((name, handle) => this.#on(name, handle));
      this.#on('arrange', (client, arrangement) => {
        if (client.userData?.join.role === 'operator') this.#arrange(arrangement);
      });
      const looking = setInterval(() => {
        screens.look();
        this.#lookAtHours();
      }, LOOK_MILLISECONDS);
      this.#stopLooking = () => clearInterval(looking);
      void this.#run(hands);
    }

    override onAuth(_client: Client, options: unknown): boolean {
      const join = v.safeParse(joinSchema, options);
      return join.success && setup.gate.admits(join.output.role, join.output.token);
    }

    override onJoin(client: WallClient, options: unknown): void {
      const join = v.parse(joinSchema, options);
      const { conductor } = this;
      const joined = conductor.join(join);
      const { member } = joined;
      // A page that comes back before its old connection is known to be dead takes its place.
      const before = this.#present.get(member);
      this.#present.set(member, client);
      before?.leave();
      client.userData = { member, join };
      const region = this.#layout.regionOf(join.screen);
      const screens = join.role === 'operator' ? this.#layout.screens : null;
      const { canvas, servers } = setup;
      const { room, isFrozen, isClosed } = conductor;
      this.tell(member, 'welcome', {
        version: PROTOCOL_VERSION,
        room,
        canvas,
        region,
        screens,
        isFrozen,
        isClosed,
        servers,
        ...joined,
      });
      if (join.role !== 'screen') return;
      const turn = joined.from === 'state' ? null : conductor.turnFrom(joined.entry);
      if (turn) client.send('turn', turn);
      this.#tellLeads();
      this.#screens?.welcome(member);
      watch?.joined(member);
    }

    override onLeave(client: WallClient): void {
      const member = client.userData?.member;
      if (member === undefined || this.#present.get(member) !== client) return;
      this.#present.delete(member);
      this.conductor.leave(member);
      // The numbers are for whoever arranges the screens.
      if (client.userData?.join.role === 'operator') {
        this.#arrange({ screens: [...this.#layout.screens], isNumbered: false });
      }
      this.#tellLeads();
    }

    override async onDispose(): Promise<void> {
      this.#isOver = true;
      this.#stopLooking();
      watch?.closed();
      await this.#journal.close();
    }

    tell<Name extends keyof FromServer>(member: number, name: Name, message: FromServer[Name]): void {
      this.#present.get(member)?.send(name, message);
    }

    tellAll<Name extends keyof FromServer>(role: Join['role'], name: Name, message: FromServer[Name]): void {
      // It is packed only once.
      const bytes = getMessageBytes.raw(Protocol.ROOM_DATA, name, message);
      for (const client of this.#present.values()) {
        if (client.userData?.join.role === role) client.enqueueRaw(bytes);
      }
    }

    drop(member: number, reason: string): void {
      const client = this.#present.get(member);
      client?.send('dropped', { reason });
      client?.leave();
    }

    regionOf(screen: number | undefined): Region | null {
      return this.#layout.regionOf(screen);
    }

    tellFrozen(): void {
      const { isFrozen, isClosed } = this.conductor;
      for (const role of ROLES) this.tellAll(role, 'frozen', { isFrozen, isClosed });
    }

    async keepState(): Promise<void> {
      const { state } = this.conductor;
      if (state) await this.#write(() => this.#journal.keep(state));
    }

    #on<Name extends keyof ToServer>(
      name: Name,
      handle: (client: WallClient, message: ToServer[Name], member: number) => void,
    ): void {
      // A message that does not fit its schema ends the connection, see Colyseus' RoomMessages.
      this.onMessage(name, TO_SERVER[name], (client: WallClient, message: unknown) => {
        const data = client.userData;
        if (!data || this.#present.get(data.member) !== client) return;
        handle(client, message as ToServer[Name], data.member);
      });
    }

    /** Closes one step after the other, until the room ends. */
    async #run(hands: HandActions): Promise<void> {
      let leader = this.conductor.leader;
      while (!this.#isOver) {
        const record = this.conductor.tick();
        if (record) {
          // Nobody hears of a step that would be forgotten if this process died.
          await this.#write(() => this.#journal.append(record));
          book.told(record.turn);
          this.tellAll('screen', 'turn', record.turn);
          hands.look();
          this.#acknowledge(record);
          watch?.taken(record.taken);
        }
        if (leader !== this.conductor.leader) this.#tellLeads();
        leader = this.conductor.leader;
        const wait = record ? this.conductor.dueAt - performance.now() : LONGEST_NAP_MILLISECONDS;
        await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_NAP_MILLISECONDS, Math.max(0, wait))));
      }
    }

    #acknowledge({ taken, turn }: TurnRecord): void {
      for (const client of this.#present.values()) {
        const seq = taken[client.userData?.join.key ?? ''];
        if (seq !== undefined) client.send('taken', { seq, step: turn.closed - 1 });
      }
    }

    #arrange({ screens, isNumbered }: ToServer['arrange']): void {
      this.#layout.screens = screens;
      for (const client of this.#present.values()) {
        const { role, screen } = client.userData?.join ?? {};
        if (role === 'screen') client.send('arranged', { region: this.#layout.regionOf(screen), isNumbered });
      }
    }

    #lookAtHours(): void {
      const isClosed = !setup.isOpen();
      if (isClosed === this.conductor.isClosed) return;
      this.conductor.isClosed = isClosed;
      this.tellFrozen();
    }

    #tellLeads(): void {
      const { conductor } = this;
      for (const [member, client] of this.#present) {
        if (client.userData?.join.role !== 'screen') continue;
        client.send('lead', { leads: member === conductor.leader, follows: conductor.follows(member) });
      }
    }

    /** Writes one thing after the other. If that is impossible, the room ends, and its members look for another. */
    async #write(work: () => Promise<void>): Promise<void> {
      this.#writing = this.#writing.then(work);
      try {
        await this.#writing;
      } catch (error) {
        if (this.#isOver) return;
        this.#isOver = true;
        setup.log(`The wall's room has ended: ${messageOf(error)}`);
        await this.disconnect();
      }
    }
  };
}
