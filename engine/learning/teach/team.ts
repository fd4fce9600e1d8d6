/** Who computes the parts of a batch: this thread alone, or several. The number changes nothing but the time. */
import type { Verdict } from '../rollout/tally.ts';
import type { Look, Part, PartResult, Pupil } from './pupil.ts';

/** Computes parts and looks, in the order given. */
export interface Team {
  /** How many threads share the work. */
  readonly size: number;
  learn(parts: readonly Part[]): Promise<PartResult[]>;
  look(looks: readonly Look[]): Promise<Verdict[][]>;
}

/** One of a team, here or in a worker, that does one thing after the other. */
export type Member = Pick<Pupil, 'learn' | 'look'>;

/** Gives each job to a member that has nothing to do. Results come in the order of the jobs. */
async function shareJobs<Job, Result>(
  members: readonly Member[],
  jobs: readonly Job[],
  work: (member: Member, job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(jobs.length);
  let next = 0;
  const workThrough = async (member: Member): Promise<void> => {
    while (next < jobs.length) {
      const index = next;
      next += 1;
      results[index] = await work(member, jobs[index]);
    }
  };
  // The last member is this thread: the others are asked first, so that they work at the same time.
  await Promise.all(members.map(workThrough));
  return results;
}

/** A team of `members`. One that works in this thread should be the last. */
export function teamOf(members: readonly Member[]): Team {
  return {
    size: members.length,
    learn: (parts) => shareJobs(members, parts, (member, part) => member.learn(part)),
    look: (looks) => shareJobs(members, looks, (member, look) => member.look(look)),
  };
}
