/** Who computes the parts of a batch: this thread alone, or several. Their number changes nothing but the time. */
import type { Verdict } from '../rollout/tally.ts';
import type { Look, Part, PartResult, Pupil } from './pupil.ts';

/** Computes parts and looks; the results are in the order of the jobs. */
export interface Team {
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
export function teamOf(members: readonly Member[]): Team {
  return {
    learn: (parts) => shareJobs(members, parts, (member, part) => member.learn(part)),
    look: (looks) => shareJobs(members, looks, (member, look) => member.look(look)),
  };
}
