/** Who takes part: the hands, their places, and those who were sent away. Knows nothing of sockets. */
import { randomBytes } from 'node:crypto';
import { Hand, HAND_LIMITS } from './hand.ts';

/** A hand keeps its place for this long while its phone is not connected, if nobody else wants it. */
export const AWAY_SECONDS = 600;
/** It loses its place to somebody else after this time. */
const YIELD_SECONDS = 20;
/** Of those who were sent away, the last ones are remembered. */
const MOST_DROPPED = 1000;

export interface Member {
  readonly id: string;
  /** What it may do; a new connection does not give it new ink. */
  readonly hand: Hand;
  isConnected: boolean;
  /** When it was connected last, in milliseconds of the roster's clock. */
  lastMilliseconds: number;
}

export class Roster {
  readonly #mostHands: number;
  readonly #members = new Map<string, Member>();
  readonly #dropped = new Set<string>();

  constructor(mostHands: number) {
    this.#mostHands = mostHands;
  }

  get size(): number {
    return this.#members.size;
  }

  /** Those that are connected, and those that may come back. */
  all(): IterableIterator<Member> {
    return this.#members.values();
  }

  get(id: string): Member | undefined {
    return this.#members.get(id);
  }

  /** Lets a new hand in; null if all places are taken. */
  join(nowMilliseconds: number): Member | null {
    return this.#add(randomBytes(12).toString('base64url'), nowMilliseconds);
  }

  /** Lets a hand in that was here before, whether this server remembers it or not. */
  comeBack(id: string, nowMilliseconds: number): Member | 'full' | 'dropped' {
    if (this.#dropped.has(id)) return 'dropped';
    const known = this.#members.get(id);
    if (!known) return this.#add(id, nowMilliseconds) ?? 'full';
    known.isConnected = true;
    known.lastMilliseconds = nowMilliseconds;
    return known;
  }

  /** The phone is not connected any more; the hand keeps its place for a while. */
  leave(id: string, nowMilliseconds: number): void {
    const member = this.#members.get(id);
    if (!member) return;
    member.isConnected = false;
    member.lastMilliseconds = nowMilliseconds;
  }

  /** Sends a hand away; its key is not honoured again. Returns whether it was here. */
  drop(id: string): boolean {
    if (!this.#members.delete(id)) return false;
    this.#dropped.add(id);
    const [oldest] = this.#dropped;
    if (this.#dropped.size > MOST_DROPPED) this.#dropped.delete(oldest);
    return true;
  }

  /** Frees the places of those that have been away for long. */
  expire(nowMilliseconds: number): void {
    for (const { id, isConnected, lastMilliseconds } of this.#members.values()) {
      if (!isConnected && nowMilliseconds - lastMilliseconds > AWAY_SECONDS * 1000) this.#members.delete(id);
    }
  }

  #add(id: string, nowMilliseconds: number): Member | null {
    this.expire(nowMilliseconds);
    if (this.#members.size >= this.#mostHands && !this.#yieldPlace(nowMilliseconds)) return null;
    const hand = new Hand(HAND_LIMITS, nowMilliseconds);
    const member = { id, hand, isConnected: true, lastMilliseconds: nowMilliseconds };
    this.#members.set(id, member);
    return member;
  }

  /** Takes the place of the hand that has been away longest, and returns whether there was one. */
  #yieldPlace(nowMilliseconds: number): boolean {
    let longest: Member | null = null;
    for (const member of this.#members.values()) {
      if (member.isConnected || nowMilliseconds - member.lastMilliseconds < YIELD_SECONDS * 1000) continue;
      if (longest === null || member.lastMilliseconds < longest.lastMilliseconds) longest = member;
    }
    return longest !== null && this.#members.delete(longest.id);
  }
}
