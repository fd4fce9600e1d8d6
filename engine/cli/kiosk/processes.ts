/** Lists the processes that a process has started, on Linux. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  /** Program and arguments, with spaces between. */
  readonly command: string;
}

/** Returns all processes that `ancestor` has started, directly or indirectly. */
export function descendants(ancestor: number): ProcessEntry[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    // The program's name, in parentheses, may contain anything; the parent is the second field after it.
    const parent = Number(read(`/proc/${name}/stat`).split(') ').pop()?.split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: ProcessEntry[] = [];
  const visit = (pid: number): void => {
    for (const child of children.get(pid) ?? []) {
      found.push({ pid: child, command: read(`/proc/${child}/cmdline`).replaceAll('\0', ' ') });
      visit(child);
    }
  };
  visit(ancestor);
  return found;
}

/** Empty if the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
