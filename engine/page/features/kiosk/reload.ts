/**
 * Reloads the page when nothing else helps, each time after a longer wait, because browsers block WebGL for a while.
 */
import type { Memory } from '../../../session/memory.ts';

const KEY = 'kiosk-reloads';
const FIRST_SECONDS = 5;
/** Longer than the two minutes for which a browser blocks WebGL on a page that has lost it twice. */
const LONGEST_SECONDS = 130;
/** A page that has run for this long has recovered. */
export const RECOVERED_SECONDS = 300;

/** How long to wait for the model and the context … */
const START_SECONDS = 60;
/**
 * … but the next start has twice as long, because the machine may be slow. This is the most often that the time
 * doubles.
 */
const MOST_DOUBLINGS = 3;

/** Seconds that this start may take. */
export function startSeconds(memory: Memory | null): number {
  return START_SECONDS * 2 ** Math.min(MOST_DOUBLINGS, readCount(memory));
}

/** Seconds to wait before the next reload; counts it. */
export function nextReloadSeconds(memory: Memory | null): number {
  const count = readCount(memory);
  writeCount(memory, count + 1);
  return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** count);
}

/** Call when the page runs well, so that the next reload is quick again. */
export function forgetReloads(memory: Memory | null): void {
  writeCount(memory, 0);
}

/** The storage of this tab, or null if it is not allowed. */
export function tabMemory(): Memory | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

let isWaiting = false;

/** Reloads the page after the current wait; only once, however often it is called. */
export function reloadLater(): void {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => location.reload(), nextReloadSeconds(tabMemory()) * 1000);
}

function readCount(memory: Memory | null): number {
  try {
    const count = Number(memory?.getItem(KEY) ?? 0);
    return Number.isInteger(count) && count >= 0 ? Math.min(count, 16) : 0;
  } catch {
    return 0;
  }
}

function writeCount(memory: Memory | null, count: number): void {
  try {
    memory?.setItem(KEY, String(count));
  } catch {
    // Without storage, every wait is as short as the first.
  }
}
