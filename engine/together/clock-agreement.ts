/**
 * The time of the server, as a member knows it from an exchange of time stamps. The sample with the shortest round trip
 * is the best one, since its two ways can differ by no more than that.
 */

/** The number of samples from which the best is taken. Older ones no longer count, since clocks drift. */
const SAMPLES = 16;

interface Sample {
  readonly roundTrip: number;
  readonly offset: number;
}

export class ClockAgreement {
  #samples: Sample[] = [];
  #offset = 0;
  #roundTrip = Infinity;

  /** Whether there is any sample yet. */
  get isKnown(): boolean {
    return this.#samples.length > 0;
  }

  /** The shortest round trip among the last samples, in milliseconds: the error is at most half of it. */
  get roundTripMilliseconds(): number {
    return this.#roundTrip;
  }

  /**
   * Takes an answer.
   *
   * @param sent the own time at which the question was sent
   * @param server the server's time when it answered
   * @param received the own time at which the answer arrived
   */
  answered(sent: number, server: number, received: number): void {
    const roundTrip = received - sent;
    if (roundTrip < 0) return;
    this.#samples.push({ roundTrip, offset: server - (sent + received) / 2 });
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    const best = this.#samples.reduce((one, other) => (other.roundTrip <= one.roundTrip ? other : one));
    this.#offset = best.offset;
    this.#roundTrip = best.roundTrip;
  }

  /** Forgets everything, because the server is another one. */
  forget(): void {
    this.#samples = [];
    this.#offset = 0;
    this.#roundTrip = Infinity;
  }

  /** The server's time at a moment of the own clock. */
  serverTime(own: number): number {
    return own + this.#offset;
  }
}
