import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, changedRectangle, History } from './history.ts';

const WIDTH = 7;
const HEIGHT = 5;

function put(ink: Uint8Array, { rectangle }: Change, bytes: Uint8Array): void {
  for (let row = 0; row < rectangle.height; row += 1) {
    const start = (rectangle.y + row) * WIDTH + rectangle.x;
    ink.set(bytes.subarray(row * rectangle.width, (row + 1) * rectangle.width), start);
  }
}

test('the changed rectangle is the smallest that holds every difference', () => {
  const before = new Uint8Array(WIDTH * HEIGHT);
  const after = before.slice();
  after[1 * WIDTH + 5] = 9;
  after[3 * WIDTH + 2] = 9;
  expect(changedRectangle(before, after, WIDTH)).toEqual({ x: 2, y: 1, width: 4, height: 3 });
  expect(changedRectangle(before, before, WIDTH)).toBeNull();
});

test('undoing everything gives the first ink back exactly, redoing everything the last', () => {
  const edit = fc.array(fc.record({ index: fc.nat(WIDTH * HEIGHT - 1), value: fc.nat(255) }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
      const history = new History();
      const ink = new Uint8Array(WIDTH * HEIGHT);
      for (const cells of edits) {
        const before = ink.slice();
        for (const { index, value } of cells) ink[index] = value;
        history.record(before, ink, WIDTH);
      }
      const last = ink.slice();
      for (let change = history.undo(); change; change = history.undo()) put(ink, change, change.before);
      expect(ink.every((byte) => byte === 0)).toBe(true);
      for (let change = history.redo(); change; change = history.redo()) put(ink, change, change.after);
      expect(ink).toEqual(last);
    }),
  );
});

test('a new change ends what could be redone, and one that changes nothing is not kept', () => {
  const history = new History();
  const empty = new Uint8Array(WIDTH * HEIGHT);
  history.record(empty, empty.with(3, 1), WIDTH);
  history.record(empty, empty, WIDTH);
  history.undo();
  expect(history.canUndo).toBe(false);
  expect(history.canRedo).toBe(true);
  history.record(empty, empty.with(4, 1), WIDTH);
  expect(history.canRedo).toBe(false);
});

test('what is kept is bounded by its bytes, the oldest goes first', () => {
  const blank = new Uint8Array(WIDTH * HEIGHT);
  const full = blank.slice().fill(1);
  const history = new History(2 * WIDTH * HEIGHT * 10);
  for (let stroke = 0; stroke < 25; stroke += 1) history.record(blank, full, WIDTH);
  let count = 0;
  while (history.undo()) count += 1;
  expect(count).toBe(10);
});
