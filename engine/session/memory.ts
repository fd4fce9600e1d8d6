/** What the page remembers about a device from one visit to the next, if the browser allows it. */

/** The storage. A page without it has to find everything out again every time. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** The browser's storage for this page, or null if access is forbidden. */
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
    // If the storage is full or forbidden, the next start takes a little longer, nothing else.
  }
}
