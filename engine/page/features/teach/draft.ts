/** What was drawn before the page was left is kept, and offered again. */
import type { Drawing } from '../../../learning/teach/sign.ts';
import { type Memory, recall, remember } from '../../../session/memory.ts';
import { drawingsIn } from './drawing-sheet.ts';

const KEY = 'teach';

export interface Draft {
  readonly name: string;
  readonly drawings: readonly Drawing[];
}

export function keepDraft(memory: Memory | null, { name, drawings }: Draft): void {
  // A tenth of a cell is finer than any hand, and keeps the text short.
  const rounded = drawings.map((drawing) =>
    drawing.map((stroke) => stroke.map(({ x, y }) => ({ x: tenths(x), y: tenths(y) }))),
  );
  remember(memory, KEY, rounded.length === 0 && name === '' ? '' : JSON.stringify({ name, drawings: rounded }));
}

/** Returns the draft, or null if there is none that can be used. */
export function recallDraft(memory: Memory | null): Draft | null {
  try {
    const { name, drawings } = JSON.parse(recall(memory, KEY) || 'null') as { name?: unknown; drawings?: unknown };
    const checked = drawingsIn(drawings);
    return checked && typeof name === 'string' ? { name, drawings: checked } : null;
  } catch {
    return null;
  }
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}
