/** Everything that visitors' phones and the operator need of a wall's server, from the settings. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { WallSettings } from '../../../../page/features/kiosk/wall-settings.ts';
import { HAND_PATH } from '../../../../together/hands/hand-messages.ts';
import type { JoinCode, OperatorAct, OperatorState } from '../../../../together/hands/operator-messages.ts';
import type { FromServer, ToServer } from '../../../../together/messages.ts';
import { pathOfTarget, type RequestHandler } from '../../../static-files.ts';
import type { RoomWatch, WallFloor } from '../floor.ts';
import type { HandsReport } from '../wall-book.ts';
import type { RunningWall } from '../wall-server.ts';
import { HandServer } from './hand-server.ts';
import { joinCode } from './join-code.ts';
import { JoinTokens } from './join-tokens.ts';
import { MapKeeper, type MapLayout } from './map-keeper.ts';
import { operatorHandler, type OperatorDesk } from './operator-handler.ts';
import { OperatorSessions } from './operator-sessions.ts';
import { RoomHands } from './room-hands.ts';

const SECRET_BYTES = 32;
/** How often it is checked whether the wall is closed. */
const HOURS_MILLISECONDS = 1000;
const SECRET_FILE = 'hands-secret';

export interface HandsOptions {
  readonly wall: WallSettings;
  readonly layout: MapLayout;
  readonly stateFolder: string;
  /** The address of the site as other machines reach it, such as `http://192.168.1.10:8080/`. */
  readonly siteAddress: () => string;
  readonly log: (line: string) => void;
}

/** Returns what follows the room, or null if the settings want neither hands nor an operator. */
export function openHands(options: HandsOptions): Hands | null {
  const { hands, operator } = options.wall;
  return (hands ?? operator) ? new Hands(options) : null;
}

/** The wall with what hands and the operator need of its servers. */
export function withHands(wall: RunningWall, hands: Hands): RunningWall {
  wall.book.hands = () => hands.report();
  return {
    book: wall.book,
    handler: (rest) => hands.handler(wall.handler(rest)),
    attach: (server) => {
      wall.attach(server);
      hands.attach(server);
    },
    close: async () => {
      hands.close();
      await wall.close();
    },
  };
}

export class Hands implements RoomWatch, OperatorDesk {
  readonly #options: HandsOptions;
  readonly #tokens: JoinTokens;
  readonly #map: MapKeeper;
  readonly #server: HandServer | null;
  readonly #sessions: OperatorSessions | null;
  #floor: WallFloor | null = null;
  #room: RoomHands | null = null;
  #codeTimer: NodeJS.Timeout | null = null;
  readonly #hoursTimer: NodeJS.Timeout;
  #isOpen = false;

  constructor(options: HandsOptions) {
    const { wall, layout } = options;
    const { hands, operator } = wall;
    const secret = secretOf(options);
    this.#options = options;
    this.#tokens = new JoinTokens(secret, hands?.codeSeconds ?? 1, Date.now);
    this.#map = new MapKeeper(layout);
    this.#server = hands
      ? new HandServer({
          ...{ tokens: this.#tokens, secret, mostHands: hands.most, map: this.#map },
          ...{ wallTime: Date.now, servers: wall.servers },
        })
      : null;
    this.#hoursTimer = setInterval(() => this.#lookAtHours(), HOURS_MILLISECONDS);
    this.#hoursTimer.unref();
    this.#sessions = operator
      ? new OperatorSessions(process.env['OPERATOR_PASSWORD_HASH'] ?? operator.passwordHash ?? null)
      : null;
  }

  /** Answers requests of the operator's page, and leaves the rest to another handler. */
  handler(rest: RequestHandler): RequestHandler {
    return this.#sessions ? operatorHandler(this, this.#sessions, rest) : rest;
  }

  /** Takes the WebSockets of the phones; those of the screens are taken by others. */
  attach(server: Server): void {
    const hands = this.#server;
    if (!hands) return;
    server.on('upgrade', (request, socket, head) => {
      if (pathOfTarget(request.url ?? '') === `/${HAND_PATH}`) hands.handleUpgrade(request, socket, head);
    });
  }

  opened(floor: WallFloor): void {
    this.#floor = floor;
    this.#map.clear();
    if (!this.#server) return;
    this.#room = new RoomHands(floor);
    this.#isOpen = !floor.conductor.isClosed;
    this.#server.open(this.#isOpen);
    this.#server.room = this.#room;
    this.#tellCode();
  }

  taken(taken: Readonly<Record<string, number>>): void {
    for (const [id, n] of Object.entries(taken)) this.#server?.isSafe(id, n);
  }

  /** A screen has joined. */
  joined(member: number): void {
    this.#floor?.tell(member, 'code', this.#code);
  }

  /** The leader has sent tiles of the map. */
  mapped({ colors, bytes }: ToServer['map']): void {
    this.#server?.paint(colors);
    if (!this.#map.take(bytes)) this.#options.log('A screen has sent a map that does not fit the canvas.');
  }

  closed(): void {
    this.#floor = null;
    this.#room = null;
    if (this.#server) this.#server.room = null;
    clearTimeout(this.#codeTimer ?? undefined);
  }

  close(): void {
    clearInterval(this.#hoursTimer);
    clearTimeout(this.#codeTimer ?? undefined);
    this.#server?.close();
  }

  report(): HandsReport | null {
    return this.#server?.report() ?? null;
  }

  state(): OperatorState {
    const conductor = this.#floor?.conductor;
    const counts = this.#server?.counts;
    return {
      hasPassword: this.#sessions?.asksForPassword ?? false,
      isOpen: conductor !== undefined,
      isFrozen: conductor?.isFrozen ?? false,
      step: conductor?.closed ?? 0,
      stepsPerSecond: conductor?.stepsPerSecond ?? 0,
      digests: conductor?.digests ?? { compared: 0, equal: 0 },
      screens: conductor?.view().filter(({ role }) => role === 'screen') ?? [],
      hands: this.#server?.hands() ?? [],
      mostHands: this.#options.wall.hands?.most ?? 0,
      refused: counts ? Object.values(counts.refused).reduce((sum, count) => sum + count, 0) : 0,
      code: this.#joinCode,
    };
  }

  act(act: OperatorAct): void {
    const floor = this.#floor;
    if (!floor) return;
    if (act.do === 'clear') floor.conductor.insert({ event: { do: 'clear', after: 0 } });
    if (act.do === 'freeze') {
      floor.conductor.isFrozen = act.isFrozen;
      floor.tellFrozen();
    }
    if (act.do === 'drop' && this.#server?.drop(act.member) !== true) {
      floor.drop(act.member, 'The operator has ended this connection.');
    }
  }

  get #joinCode(): JoinCode | null {
    if (!this.#server || !this.#floor || !this.#isOpen) return null;
    const { hands, servers, server } = this.#options.wall;
    // Several servers know each other's pages by these addresses.
    const own = server === undefined ? undefined : servers[server - 1];
    return joinCode(`${hands?.address ?? own ?? this.#options.siteAddress()}hand.html`, this.#tokens);
  }

  get #code(): FromServer['code'] {
    const { hands } = this.#options.wall;
    const code = this.#joinCode;
    if (!hands || !code) return null;
    const { codeScreen: screen, codeCorner: corner, codeSize: share } = hands;
    return { size: code.size, path: code.path, screen, corner, share };
  }

  /** Lets hands in during opening hours, and shows the code only then. */
  #lookAtHours(): void {
    const isOpen = this.#floor !== null && !this.#floor.conductor.isClosed;
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.#server?.open(isOpen);
    this.#floor?.tellAll('screen', 'code', this.#code);
  }

  /** Tells the screens the code, now and whenever it changes. */
  #tellCode(): void {
    this.#floor?.tellAll('screen', 'code', this.#code);
    this.#codeTimer = setTimeout(() => this.#tellCode(), this.#tokens.freshMilliseconds + 10);
    this.#codeTimer.unref();
  }
}

/** The secret for tokens and keys. It is kept, so that hands can come back after a new start. */
function secretOf({ wall, stateFolder, log }: HandsOptions): Buffer {
  // Servers that share a room share the token of its screens as well.
  if (wall.redis !== undefined && wall.token !== undefined) return createHash('sha256').update(wall.token).digest();
  const file = join(stateFolder, SECRET_FILE);
  try {
    const kept = readFileSync(file);
    if (kept.length === SECRET_BYTES) return kept;
  } catch {
    // There is none yet.
  }
  const secret = randomBytes(SECRET_BYTES);
  try {
    writeFileSync(file, secret, { mode: 0o600 });
  } catch {
    log(`The secret of the hands cannot be kept in ${file}: after a new start, phones have to scan the code again.`);
  }
  return secret;
}
