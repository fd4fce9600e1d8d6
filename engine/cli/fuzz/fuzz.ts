/** Feeds mutated inputs to a parser and checks that each is accepted or refused, clearly and quickly. */
import { Random } from '../../common/random/random.ts';
import { mutate } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

/** Far more than any of these inputs needs, even on a busy machine. */
const MOST_MILLISECONDS = 2000;
/** The most additional memory; a header that claims 2³¹ digits must allocate nothing. */
const MOST_BYTES = 512 * 2 ** 20;
const MEMORY_EVERY = 500;
const SHORTEST_MESSAGE = 8;

export interface FuzzReport {
  readonly name: string;
  readonly count: number;
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
  /** One sentence for each fault, with how to repeat it. */
  readonly faults: readonly string[];
}

/** @param seed determines every input, together with the target's name */
export async function fuzz(target: FuzzTarget, count: number, seed: number): Promise<FuzzReport> {
  const random = new Random(seed).split(hashOf(target.name));
  const faults: string[] = [];
  let accepted = 0;
  let refused = 0;
  let slowestMilliseconds = 0;
  const before = process.memoryUsage.rss();
  for (let index = 0; index < count && faults.length < 10; index += 1) {
    const bytes = mutate(target.seeds[random.below(target.seeds.length)], random.split(index));
    const fault = (what: string): void => {
      faults.push(
        `${target.name}, input ${index}: ${what}; base64 ${Buffer.from(bytes.subarray(0, 300)).toString('base64')}`,
      );
    };
    const start = performance.now();
    try {
      await target.read(bytes);
      accepted += 1;
    } catch (error) {
      refused += 1;
      const message = error instanceof Error ? error.message : '';
      if (!target.refuses(error)) fault(`an unexpected error, ${String(error).slice(0, 120)}`);
      else if (message.length < SHORTEST_MESSAGE || message.length > 1000)
        fault(`an unclear message, "${message.slice(0, 120)}"`);
    }
    const milliseconds = performance.now() - start;
    slowestMilliseconds = Math.max(slowestMilliseconds, milliseconds);
    if (milliseconds > MOST_MILLISECONDS) fault(`${Math.round(milliseconds)} ms`);
    if (index % MEMORY_EVERY === 0) {
      const grown = process.memoryUsage.rss() - before;
      if (grown > MOST_BYTES) fault(`${Math.round(grown / 2 ** 20)} MiB more memory`);
    }
  }
  return { name: target.name, count: accepted + refused, accepted, refused, slowestMilliseconds, faults };
}

function hashOf(name: string): number {
  return Buffer.from(name).reduce((hash, byte) => (Math.imul(hash, 31) + byte) >>> 0, 7);
}
