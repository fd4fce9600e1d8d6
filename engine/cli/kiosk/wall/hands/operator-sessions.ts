/** Who may use the operator's page: somebody at this machine, or whoever has given the password. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Attempts } from './attempts.ts';
import { isPassword } from './passwords.ts';

const SESSION_MILLISECONDS = 12 * 3600 * 1000;
const MOST_SESSIONS = 50;
/** Tries of one address: five at once, then two a minute. */
const TRIES = { perSecond: 1 / 30, most: 5 };
/** Tries of all addresses together, which also bounds what hashing costs. */
const ALL_TRIES = { perSecond: 0.5, most: 20 };

const COOKIE = 'operator';
const LOOPBACK_ADDRESS = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

export class OperatorSessions {
  readonly #passwordHash: string | null;
  /** When each session ends, by its name. */
  readonly #sessions = new Map<string, number>();
  readonly #tries = new Attempts(TRIES);
  readonly #allTries = new Attempts(ALL_TRIES);

  /** @param passwordHash without it, only this machine is let in */
  constructor(passwordHash: string | null) {
    this.#passwordHash = passwordHash;
  }

  /** Whether a password is needed, or helps at all. */
  get asksForPassword(): boolean {
    return this.#passwordHash !== null;
  }

  admits(request: IncomingMessage): boolean {
    if (this.#passwordHash === null) return isFromThisMachine(request);
    const end = this.#sessions.get(sessionOf(request));
    return end !== undefined && end > Date.now();
  }

  /**
   * Begins a session if the password is right.
   * @returns the cookie for it; `wrong`, or `wait` after too many tries
   */
  async enter(
    request: IncomingMessage,
    password: string,
    isSecure: boolean,
  ): Promise<{ cookie: string } | 'wrong' | 'wait'> {
    const now = performance.now();
    const address = request.socket.remoteAddress ?? '';
    if (!this.#tries.mayTry(address, now) || !this.#allTries.mayTry('', now)) return 'wait';
    // Counted before the answer is known, so that tries at the same time count as well.
    this.#tries.note(address, now);
    this.#allTries.note('', now);
    if (this.#passwordHash === null || !(await isPassword(password, this.#passwordHash))) return 'wrong';
    const name = randomBytes(32).toString('base64url');
    this.#sessions.set(name, Date.now() + SESSION_MILLISECONDS);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS) this.#sessions.delete(oldest);
    const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_MILLISECONDS / 1000}`;
    return { cookie: `${COOKIE}=${name}; ${attributes}${isSecure ? '; Secure' : ''}` };
  }

  leave(request: IncomingMessage): void {
    this.#sessions.delete(sessionOf(request));
  }
}

/** Whether a request was made on this machine. One that a proxy passes on was not, nor one for another name. */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !isForwarded && LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '') && LOOPBACK_HOST.test(headers.host ?? '');
}

function sessionOf({ headers }: IncomingMessage): string {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? '';
}
