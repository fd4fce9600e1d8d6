/** Who computes the parts of a batch: this thread alone, or several. Their number changes nothing but the time. */
import type { MatrixProduct } from '../loop/eigenbasis.ts';
import type { Verdict } from '../rollout/tally.ts';
import type { Look, Part, PartResult, Pupil } from './pupil.ts';

/** Computes parts and looks; the results are in the order of the jobs. */
export interface Team {
  /** What computes, such as "wasm"; several names if one took over from another. */
  readonly backend: string;
  /** A quick product of matrices, if there is one. It computes the same bits as the plain loops. */
  readonly product?: MatrixProduct | undefined;
  learn(parts: readonly Part[]): Promise<PartResult[]>;
  look(looks: readonly Look[]): Promise<Verdict[][]>;
}

/** One of a team, here or in a worker, that does one thing after the other. */
export type Member = Pick<Pupil, 'learn' | 'look'>;

/**
 * Deals the jobs to the members, back and forth from the last one, as later jobs of a batch take longer. Each gets all of
 * its own at once, so that a worker does not wait for its next one while this thread works.
 */
async function shareJobs<Job, Result>(
  members: readonly Member[],
  jobs: readonly Job[],
  work: (member: Member, jobs: readonly Job[]) => Promise<Result[]>,
): Promise<Result[]> {
  const dealt: number[][] = members.map(() => []);
  jobs.forEach((_, index) => {
    const place = index % members.length;
    const isBack = Math.floor(index / members.length) % 2 === 1;
    dealt[isBack ? members.length - 1 - place : place].push(jobs.length - 1 - index);
  });
  const results = new Array<Result>(jobs.length);
  await Promise.all(
    members.map(async (member, index) => {
      const own = dealt[index];
      if (own.length === 0) return;
      const done = await work(
        member,
        own.map((job) => jobs[job]),
      );
      done.forEach((result, place) => (results[own[place]] = result));
    }),
  );
  return results;
}

/** A team of `members`. One that works in this thread is the last, so that the others begin before it. */
export function teamOf(backend: string, members: readonly Member[], product?: MatrixProduct): Team {
  return {
    backend,
    product,
    learn: (parts) => shareJobs(members, parts, (member, own) => member.learn(own)),
    look: (looks) => shareJobs(members, looks, (member, own) => member.look(own)),
  };
}

/**
 * A team that another one stands in for once it has failed, such as a GPU that is lost. What it was asked last is asked
 * of the other one again. The jobs hold everything that has been learnt, so that nothing is lost.
 */
export class TeamWithStandIn implements Team {
  readonly #startOther: () => Promise<Team>;
  readonly #isFailure: (fault: unknown) => boolean;
  #team: Team;
  #backends: string;
  #hasFailed = false;

  /** @param isFailure whether a fault is the team's own, rather than the jobs' */
  constructor(team: Team, isFailure: (fault: unknown) => boolean, startOther: () => Promise<Team>) {
    this.#team = team;
    this.#backends = team.backend;
    this.#isFailure = isFailure;
    this.#startOther = startOther;
  }

  get backend(): string {
    return this.#backends;
  }

  learn(parts: readonly Part[]): Promise<PartResult[]> {
    return this.#ask((team) => team.learn(parts));
  }

  look(looks: readonly Look[]): Promise<Verdict[][]> {
    return this.#ask((team) => team.look(looks));
  }

  async #ask<Result>(work: (team: Team) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.#team);
    } catch (fault) {
      if (this.#hasFailed || !this.#isFailure(fault)) throw fault;
      this.#hasFailed = true;
      this.#team = await this.#startOther();
      this.#backends = `${this.#backends}, ${this.#team.backend}`;
      return work(this.#team);
    }
  }
}
