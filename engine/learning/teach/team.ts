/** Who computes the parts of a batch: this thread alone, or several. Their number changes nothing but the time. */
import type { Verdict } from '../rollout/tally.ts';
import type { Look, Part, PartResult, Pupil } from './pupil.ts';

/** Computes parts and looks; the results are in the order of the jobs. */
export interface Team {
  /** What computes, such as "wasm"; several names if one took over from another. */
  readonly backend: string;
  learn(parts: readonly Part[]): Promise<PartResult[]>;
  look(looks: readonly Look[]): Promise<Verdict[][]>;
}

/** One of a team, here or in a worker, that does one thing after the other. */
export type Member = Pick<Pupil, 'learn' | 'look'>;

/** Deals the jobs to the members in turn. */
async function shareJobs<Job, Result>(
  members: readonly Member[],
  jobs: readonly Job[],
  work: (member: Member, job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(jobs.length);
  const workThrough = async (member: Member, first: number): Promise<void> => {
    for (let index = first; index < jobs.length; index += members.length)
      results[index] = await work(member, jobs[index]);
  };
  await Promise.all(members.map(workThrough));
  return results;
}

/** A team of `members`. One that works in this thread is the last, so that the others begin before it. */
export function teamOf(backend: string, members: readonly Member[]): Team {
  return {
    backend,
    learn: (parts) => shareJobs(members, parts, (member, part) => member.learn(part)),
    look: (looks) => shareJobs(members, looks, (member, look) => member.look(look)),
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
