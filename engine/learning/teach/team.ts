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

/** Of a step of a cell: there, and twice as much back; of known things also of the model before. */
const STEPS_OF_KIND: Record<Part['kind'], number> = { signs: 3, known: 4 };

/** What images cost to compute: as much as they have cells with ink. */
function inkOf({ samples }: Pick<Part, 'samples'>): number {
  return samples.reduce((total, { pixels }) => total + pixels.reduce((count, ink) => count + Number(ink > 0), 0), 0);
}

/**
 * Shares the jobs so that all members end at about the same time: the largest is dealt first, each to whoever has least
 * to do (Graham 1969). Each gets all of its own at once, so that a worker does not wait for its next one while this
 * thread works.
 */
async function shareJobs<Job, Result>(
  members: readonly Member[],
  jobs: readonly Job[],
  costOf: (job: Job) => number,
  work: (member: Member, jobs: readonly Job[]) => Promise<Result[]>,
): Promise<Result[]> {
  const hands = members.map(() => ({ load: 0, dealt: [] as number[] }));
  const costs = jobs.map(costOf);
  const order = [...costs.keys()].sort((one, other) => costs[other] - costs[one]);
  for (const job of order) {
    const least = hands.reduce((best, hand) => (hand.load < best.load ? hand : best));
    least.load += costs[job];
    least.dealt.push(job);
  }
  const results = new Array<Result>(jobs.length);
  await Promise.all(
    hands.map(async ({ dealt }, index) => {
      if (dealt.length === 0) return;
      const done = await work(
        members[index],
        dealt.map((job) => jobs[job]),
      );
      done.forEach((result, place) => (results[dealt[place]] = result));
    }),
  );
  return results;
}

/** A team of `members`. One that works in this thread is the last, so that the others begin before it. */
export function teamOf(backend: string, members: readonly Member[], product?: MatrixProduct): Team {
  return {
    backend,
    product,
    learn: (parts) =>
      shareJobs(
        members,
        parts,
        (part) => STEPS_OF_KIND[part.kind] * inkOf(part),
        (member, own) => member.learn(own),
      ),
    look: (looks) => shareJobs(members, looks, inkOf, (member, own) => member.look(own)),
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
