/** Finds out what of this machine decides the speed of a step in software. It takes about half a second. */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { MachineFacts } from '../bench/machine.ts';

/** Linux describes the caches of a core here. */
const CACHE_FOLDER = '/sys/devices/system/cpu/cpu0/cache';

/** A sample takes a millisecond or two, so that some of them run undisturbed even on a busy machine. */
const CHAIN_LENGTH = 1_000_000;
const SAMPLES = 25;
/** The bytes of an array that fits into a second cache together with its copy, and of one that fits into no cache. */
const CACHED_BYTES = 96 * 1024;
const UNCACHED_BYTES = 64 * 1024 * 1024;
/** In numbers of eight bytes. Copies between equal places of two pages of 4 kB are many times slower on some processors. */
const SHIFT = 256;
/** The least that is copied for a sample. */
const COPIED_BYTES = 8 * 1024 * 1024;

export function probeMachine(): MachineFacts {
  const processors = cpus();
  return {
    day: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    cores: processors.length,
    cacheKilobytes: readCaches(CACHE_FOLDER),
    chainMillions: CHAIN_LENGTH / 1000 / timeChain(),
    cacheCopyGigabytes: copyRate(CACHED_BYTES),
    memoryCopyGigabytes: copyRate(UNCACHED_BYTES),
    load: loadavg()[0],
  };
}

/** Returns the sizes of the data caches in kB, by level, or none if the folder does not tell. */
export function readCaches(folder: string): number[] {
  try {
    const read = (cache: string, file: string) => readFileSync(join(folder, cache, file), 'utf8').trim();
    return readdirSync(folder)
      .filter((name) => /^index\d+$/.test(name) && read(name, 'type') !== 'Instruction')
      .map((name) => ({ level: Number(read(name, 'level')), kilobytes: Number.parseInt(read(name, 'size'), 10) }))
      .sort((one, other) => one.level - other.level)
      .map(({ kilobytes }) => kilobytes);
  } catch {
    // Other systems, and some virtual machines, have no such folder.
    return [];
  }
}

/** The shortest of several times, in milliseconds: whatever else runs can only make it longer. */
function fastest(work: () => void): number {
  let least = Infinity;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Runs operations each of which needs the result of the one before. Returns milliseconds. */
function timeChain(): number {
  let result = 1;
  return fastest(() => {
    // A local variable stays in a register.
    let value = result;
    // The factor is too large for a shift and an addition.
    for (let index = 0; index < CHAIN_LENGTH; index += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
    result = value;
  });
}

function copyRate(bytes: number): number {
  const numbers = bytes / 8;
  // It is filled, because memory that was never written is not there yet.
  const both = new Float64Array(2 * numbers + SHIFT).fill(1);
  const from = both.subarray(0, numbers);
  const to = both.subarray(numbers + SHIFT);
  const times = Math.ceil(COPIED_BYTES / bytes);
  const milliseconds = fastest(() => {
    for (let index = 0; index < times; index += 1) to.set(from);
  });
  return (times * bytes) / milliseconds / 1e6;
}
