import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { History } from './history.ts';

interface Step {
  readonly step: number;
  readonly cells: Uint32Array;
  readonly labels: Int16Array;
  readonly name: string;
}

const edit = (name: string, cells = 1, step = 0): Step => ({
  step,
  cells: new Uint32Array(cells),
  labels: new Int16Array(0),
  name,
});

test('keeps every edit in one place: done, undone or forgotten, whatever the order of calls', () => {
  const call = fc.constantFrom('record', 'undo', 'redo', 'clear');
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
      const forgotten: string[] = [];
      const history = new History<Step>(({ name }) => forgotten.push(name));
      // A plain model: the edits that are done, and those that could be redone.
      let done: string[] = [];
      let undone: string[] = [];
      let count = 0;
      const revert = ({ name }: Step): Step => edit(`${name}'`);
      for (const name of calls) {
        if (name === 'record') {
          count += 1;
          history.record(edit(String(count)));
          done.push(String(count));
          undone = [];
        } else if (name === 'clear') {
          history.clear();
          [done, undone] = [[], []];
        } else {
          const [from, to] = name === 'undo' ? [done, undone] : [undone, done];
          const last = from.pop();
          if (last !== undefined) to.push(`${last}'`);
          expect(history[name](revert)).toBe(last !== undefined);
        }
        expect([history.canUndo, history.canRedo]).toEqual([done.length > 0, undone.length > 0]);
      }
      history.clear();
      expect(new Set(forgotten).size).toBe(forgotten.length);
      expect(forgotten).toEqual(expect.arrayContaining([...done, ...undone]));
    }),
  );
});

test('a new edit ends what could be redone', () => {
  const history = new History<Step>(() => undefined);
  history.record(edit('a'));
  history.undo((one) => one);
  expect(history.canRedo).toBe(true);
  history.record(edit('b'));
  expect([history.canUndo, history.canRedo]).toEqual([true, false]);
});

test('at least 100 edits can be undone', () => {
  const history = new History<Step>(() => undefined);
  for (let stroke = 0; stroke < 150; stroke += 1) history.record(edit('stroke', 5000));
  let count = 0;
  while (history.undo((one) => one)) count += 1;
  expect(count).toBe(150);
});

test('the history is bounded by its bytes, and the oldest edit is dropped first and reported', () => {
  const forgotten: string[] = [];
  const history = new History<Step>(({ name }) => forgotten.push(name), 9 * 100 * 10);
  for (let stroke = 0; stroke < 25; stroke += 1) history.record(edit(String(stroke), 100));
  expect(forgotten).toEqual(Array.from({ length: 15 }, (_, index) => String(index)));
  let count = 0;
  while (history.undo((one) => one)) count += 1;
  expect(count).toBe(10);
});

test('continuing from an earlier step keeps the edits up to it and those before the steps were restarted', () => {
  const forgotten: string[] = [];
  const history = new History<Step>(({ name }) => forgotten.push(name));
  history.record(edit('long ago', 1, 900));
  history.restartSteps();
  for (const step of [10, 20, 30]) history.record(edit(String(step), 1, step));
  history.undo(() => edit('30 again', 1, 30));
  expect([history.canUndoAt(5), history.canUndoAt(10)]).toEqual([true, true]);
  history.goOnFrom(10);
  expect(history.canRedo).toBe(false);
  expect(forgotten).toEqual(['30', '20', '30 again']);
  const undone: string[] = [];
  const note = (one: Step): Step => {
    undone.push(one.name);
    return one;
  };
  while (history.undo(note));
  expect(undone).toEqual(['10', 'long ago']);
});
