/**
 * Digits that become other digits when a stroke is added, and go back when it is erased, as a hand draws them on the
 * page. Control points as in `digit-forms.ts`.
 */
import type { DigitForm } from '../../engine/common/handwriting/digit-forms.ts';
import { boundsOf, mapStrokes, type Stroke } from '../../engine/common/handwriting/stroke.ts';
import { randomHand, writeDigit } from '../../engine/common/handwriting/write-digit.ts';
import type { Random } from '../../engine/common/random/random.ts';

type Strokes = DigitForm['strokes'];

interface Pair {
  /** The digit without the additional strokes, and with them. */
  readonly less: string;
  readonly more: string;
  readonly width: number;
  readonly strokes: Strokes;
  readonly added: Strokes;
}

// prettier-ignore
const BARE_FIVE: Strokes = [[[0.98, 0.02], [0.6, 0.03], [0.28, 0.04, 1], [0.2, 0.24], [0.14, 0.45, 1], [0.5, 0.4], [0.86, 0.58], [0.84, 0.84], [0.5, 1], [0.06, 0.9]]];

// prettier-ignore
const PAIRS: readonly Pair[] = [
  { less: '1', more: '7', width: 0.72, strokes: [[[0.94, 0.02], [0.62, 0.48], [0.42, 1]]], added: [[[0, 0.06], [0.46, 0.05], [0.94, 0.02]]] },
  { less: '1', more: '4', width: 0.75, strokes: [[[0.76, 0], [0.74, 0.5], [0.72, 1]]], added: [[[0.2, 0.02], [0.1, 0.3], [0.02, 0.56, 1], [0.4, 0.58], [0.98, 0.55]]] },
  { less: '3', more: '8', width: 0.68, strokes: [[[0.12, 0.14], [0.46, 0], [0.82, 0.13], [0.74, 0.36], [0.42, 0.48, 1], [0.76, 0.56], [0.92, 0.75], [0.74, 0.96], [0.42, 1], [0.08, 0.87]]], added: [[[0.12, 0.14], [0.14, 0.34], [0.42, 0.48]], [[0.42, 0.48], [0.08, 0.65], [0.08, 0.87]]] },
  { less: '6', more: '8', width: 0.62, strokes: [[[0.62, 0], [0.26, 0.18], [0.1, 0.58], [0.14, 0.9], [0.5, 1], [0.86, 0.86], [0.84, 0.62], [0.5, 0.5], [0.16, 0.62]]], added: [[[0.62, 0], [0.9, 0.16], [0.8, 0.4], [0.5, 0.5]]] },
  { less: '9', more: '8', width: 0.6, strokes: [[[0.84, 0.14], [0.5, 0], [0.14, 0.14], [0.14, 0.38], [0.46, 0.5], [0.78, 0.36], [0.86, 0.12, 1], [0.88, 0.5], [0.8, 0.86], [0.46, 1], [0.14, 0.9]]], added: [[[0.46, 0.5], [0.12, 0.66], [0.14, 0.9]]] },
  { less: '5', more: '6', width: 0.75, strokes: BARE_FIVE, added: [[[0.14, 0.45], [0.02, 0.68], [0.06, 0.9]]] },
  { less: '5', more: '9', width: 0.75, strokes: BARE_FIVE, added: [[[0.98, 0.02], [0.97, 0.3], [0.86, 0.58]]] },
];

/** One digit that becomes another. Lengths are in units of the height of both together. */
export interface Change {
  readonly from: string;
  readonly to: string;
  readonly kind: 'added' | 'erased';
  readonly before: readonly Stroke[];
  readonly after: readonly Stroke[];
}

/** Every pair in both directions, each as a new hand writes it. */
export function drawChanges(random: Random): Change[] {
  return PAIRS.flatMap(({ less, more, width, strokes, added }): Change[] =>
    (['added', 'erased'] as const).map((kind) => {
      const form: DigitForm = { frequency: 1, width, strokes: [...strokes, ...added] };
      // Strokes of a wobbling hand would not meet where one is erased.
      const hand = { ...randomHand(random), wobble: 0.008, haste: 1, pressureChange: 0 };
      const written = writeDigit(random, 0, hand, [[form]]);
      const { left, top, bottom } = boundsOf(written);
      const all = mapStrokes(written, ({ x, y }) => ({
        x: (x - left) / (bottom - top),
        y: (y - top) / (bottom - top),
      }));
      const bare = all.slice(0, strokes.length);
      return kind === 'added'
        ? { from: less, to: more, kind, before: bare, after: all }
        : { from: more, to: less, kind, before: all, after: bare };
    }),
  );
}
