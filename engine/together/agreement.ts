/** Compares the digests that the screens of a wall report, and finds those that differ. */

/** Digests of a step are compared when all have come, or after this time. */
const PATIENCE_MILLISECONDS = 3000;

export interface Verdict {
  readonly step: number;
  readonly agree: readonly number[];
  readonly differ: readonly number[];
}

interface Ballot {
  readonly since: number;
  readonly digests: Map<number, string>;
}

export class Agreement {
  readonly #ballots = new Map<number, Ballot>();
  #compared = 0;
  #equal = 0;

  /** The steps at which digests of more than one screen were compared, and those at which all were the same. */
  get counts(): { readonly compared: number; readonly equal: number } {
    return { compared: this.#compared, equal: this.#equal };
  }

  report(member: number, step: number, digest: string, now: number): void {
    let ballot = this.#ballots.get(step);
    if (!ballot) {
      ballot = { since: now, digests: new Map() };
      this.#ballots.set(step, ballot);
    }
    ballot.digests.set(member, digest);
  }

  /**
   * Returns the steps on which everything is known by now.
   *
   * @param expected the screens that should report
   * @param leader decides when there are as many for one digest as for another
   */
  verdicts(expected: readonly number[], leader: number | null, now: number): Verdict[] {
    const verdicts: Verdict[] = [];
    for (const [step, { since, digests }] of this.#ballots) {
      const isComplete = expected.every((member) => digests.has(member));
      if (!isComplete && now - since < PATIENCE_MILLISECONDS) continue;
      this.#ballots.delete(step);
      const reference = referenceOf(digests, leader);
      const members = [...digests.keys()];
      const agree = members.filter((member) => digests.get(member) === reference);
      const differ = members.filter((member) => digests.get(member) !== reference);
      if (members.length > 1) {
        this.#compared += 1;
        if (differ.length === 0) this.#equal += 1;
      }
      verdicts.push({ step, agree, differ });
    }
    return verdicts;
  }

  /** Forgets a screen that has taken another state. */
  forget(member: number): void {
    for (const { digests } of this.#ballots.values()) digests.delete(member);
  }
}

/** The digest of most screens; the leader's, if it is among those with most. */
function referenceOf(digests: ReadonlyMap<number, string>, leader: number | null): string {
  const counts = new Map<string, number>();
  for (const digest of digests.values()) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leaders = leader === null ? undefined : digests.get(leader);
  if (leaders !== undefined && counts.get(leaders) === most) return leaders;
  return [...counts.keys()].find((digest) => counts.get(digest) === most) ?? '';
}
