/** What the page remembers of a device from visit to visit, where the browser lets it. */

/** Where it is kept; a page without storage finds everything anew every time. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** The browser's storage for this page, or null where it is forbidden. */
export function pageMemory(): Memory | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function recall(memory: Memory | null, key: string): string | undefined {
  try {
    return memory?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(memory: Memory | null, key: string, value: string): void {
  try {
    memory?.setItem(key, value);
  } catch {
    // Full or forbidden storage costs some time at the next start, nothing else.
  }
}
