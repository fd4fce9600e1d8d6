/** What of a machine decides the speed of a step in software: its clock, its caches, its memory, and who else uses it. */

export interface MachineFacts {
  /** The day of the measurement, as YYYY-MM-DD. */
  readonly day: string;
  readonly processor: string;
  readonly cores: number;
  /** The sizes of the caches of one core, from the first level on. Empty if the system does not tell. */
  readonly cacheKilobytes: readonly number[];
  /** Dependent integer multiply-adds per second in millions, which follows the clock: most processors take 4 cycles. */
  readonly chainMillions: number;
  /** The rate of copying between arrays that fit into a core's second cache, in 10⁹ bytes per second. */
  readonly cacheCopyGigabytes: number;
  /** The same for arrays that fit into no cache. */
  readonly memoryCopyGigabytes: number;
  /** How many processes wanted to run, on average over the last minute before the measurement. */
  readonly load: number;
}

/** Describes a machine in one line, to be read beside its figures. */
export function describeMachine(facts: MachineFacts): string {
  const { day, processor, cores, cacheKilobytes, chainMillions, cacheCopyGigabytes, memoryCopyGigabytes, load } = facts;
  const caches = cacheKilobytes.length > 0 ? `, caches of ${cacheKilobytes.join(', ')} kB` : '';
  return (
    `${day}: ${processor}, ${cores} cores${caches}; ` +
    `${Math.round(chainMillions)} million dependent multiply-adds a second; ` +
    `copies ${cacheCopyGigabytes.toFixed(0)} GB/s in the cache and ${memoryCopyGigabytes.toFixed(1)} GB/s in memory; ` +
    `load ${load.toFixed(1)}.`
  );
}
