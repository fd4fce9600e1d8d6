/** The records of a wall in Redis, for a wall with several servers, of which one at a time holds the room. */
import { Redis } from 'ioredis';
import type { Store } from './journal.ts';

const LOG = 'wall:log';
const HOLDER = 'wall:holder';

/** Whoever no longer holds the room, for example because its process was halted for a while, changes nothing. */
const APPEND = `if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('rpush', KEYS[2], ARGV[2])
return 1`;
const REPLACE = `if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('del', KEYS[2])
for index = 2, #ARGV do redis.call('rpush', KEYS[2], ARGV[index]) end
return 1`;

export class RedisStore implements Store {
  readonly #redis: Redis;
  readonly #holder: string;

  /** @param holder a name that no other process has, nor this one for another room */
  constructor(url: string, holder: string) {
    this.#redis = new Redis(url);
    // Every command reports its own failure.
    this.#redis.on('error', () => undefined);
    this.#holder = holder;
  }

  /** Takes over the room from whoever held it. */
  async read(): Promise<Uint8Array[]> {
    await this.#redis.set(HOLDER, this.#holder);
    return this.#redis.lrangeBuffer(LOG, 0, -1);
  }

  async append(record: Uint8Array): Promise<void> {
    await this.#run(APPEND, [record]);
  }

  async replace(records: readonly Uint8Array[]): Promise<void> {
    await this.#run(REPLACE, records);
  }

  async close(): Promise<void> {
    await this.#redis.quit().catch(() => undefined);
  }

  async #run(script: string, records: readonly Uint8Array[]): Promise<void> {
    const done = await this.#redis.eval(
      script,
      2,
      HOLDER,
      LOG,
      this.#holder,
      ...records.map((one) => Buffer.from(one)),
    );
    if (done !== 1) throw new Error('Another process has taken over the wall.');
  }
}
