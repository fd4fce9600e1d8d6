/** Which part of a sweep this process takes, told by the user or by the cluster that started it. */
import { UsageError } from '../../engine/command-line/command.ts';

/** Part `index`, from 1, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
  /** Who said so. */
  readonly source: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const MOST_SHARDS = 100_000;

function shardOf(index: number, count: number, source: string): Shard {
  const whole = Number.isInteger(index) && Number.isInteger(count);
  if (!whole || count < 1 || count > MOST_SHARDS || index < 1 || index > count) {
    throw new UsageError(`${source} says part ${index} of ${count}, which makes no sense.`);
  }
  return { index, count, source };
}

function numberOf(environment: Environment, name: string): number {
  const text = environment[name] ?? '';
  if (!/^\d+$/.test(text)) throw new UsageError(`The variable ${name} should be a whole number, not "${text}".`);
  return Number(text);
}

/**
 * The shard of `--shard I/N`, else that of a SLURM array, else that of an
 * indexed Kubernetes job (which tells its pods their index, and by our job file
 * in JOB_COMPLETIONS how many there are), else all of the sweep.
 * @throws UsageError if any of these makes no sense
 */
export function chooseShard(option: string | undefined, environment: Environment): Shard {
  if (option !== undefined) {
    const match = /^(\d+)\/(\d+)$/.exec(option);
    const [index, count] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
    if (!match || index < 1 || index > count || count > MOST_SHARDS) {
      throw new UsageError(`--shard takes I/N with I from 1 to N, such as 2/8, not "${option}".`);
    }
    return { index, count, source: '--shard' };
  }
  if (environment.SLURM_ARRAY_TASK_ID !== undefined) {
    const count = numberOf(environment, 'SLURM_ARRAY_TASK_COUNT');
    const first = numberOf(environment, 'SLURM_ARRAY_TASK_MIN');
    const stride = environment.SLURM_ARRAY_TASK_STEP === undefined ? 1 : numberOf(environment, 'SLURM_ARRAY_TASK_STEP');
    const place = (numberOf(environment, 'SLURM_ARRAY_TASK_ID') - first) / stride;
    return shardOf(1 + place, count, 'the SLURM array');
  }
  if (environment.JOB_COMPLETION_INDEX !== undefined) {
    if (environment.JOB_COMPLETIONS === undefined) {
      throw new UsageError(
        'JOB_COMPLETION_INDEX is set, but JOB_COMPLETIONS, the number of pods, is not; see training/cluster.',
      );
    }
    const index = numberOf(environment, 'JOB_COMPLETION_INDEX');
    return shardOf(1 + index, numberOf(environment, 'JOB_COMPLETIONS'), 'the Kubernetes job');
  }
  return { index: 1, count: 1, source: 'by itself' };
}

/** The items of a shard: every `count`-th. This spreads neighbours, which take about the same time, over all shards. */
export function itemsOf<T>(items: readonly T[], { index, count }: Pick<Shard, 'index' | 'count'>): T[] {
  return items.filter((_, place) => place % count === index - 1);
}
