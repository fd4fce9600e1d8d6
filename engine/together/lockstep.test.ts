import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lockstep, LockstepError } from './lockstep.ts';
import type { Entry, FromServer } from './messages.ts';

type Turn = FromServer['turn'];

/** A member that writes down what it does. */
class Member {
  readonly done: string[] = [];
  readonly lockstep: Lockstep;

  constructor(lockstep = new Lockstep(0, 0, 10)) {
    this.lockstep = lockstep;
  }

  run(steps: number): void {
    for (let index = 0; index < steps; index += 1) this.done.push('step');
  }

  apply({ entry }: Entry): void {
    this.done.push(`entry ${entry}`);
  }

  reached(step: number): void {
    this.done.push(`digest ${step}`);
  }
}

function entryOf(entry: number, step: number): Entry {
  return { entry, step, by: 'hand', operation: { event: { do: 'clear', after: 0 } } };
}

/** Turns that close one step each, with this many entries. */
function turnsOf(counts: readonly number[]): Turn[] {
  let entry = 0;
  return counts.map((count, step) => {
    const entries = Array.from({ length: count }, (_, index) => entryOf(entry + index, step));
    entry += count;
    return { entry: entry - count, entries, closed: step + 1, time: 100 * (step + 1) };
  });
}

const counts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 });

test('whatever the frames are, every member does the same in the same order', () => {
  fc.assert(
    fc.property(counts, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (perStep, strides) => {
      const turns = turnsOf(perStep);
      const whole = new Member();
      for (const turn of turns) whole.lockstep.take(turn);
      whole.lockstep.advance(Infinity, whole);
      const other = new Member();
      turns.forEach((turn, index) => {
        other.lockstep.take(turn);
        other.lockstep.advance(other.lockstep.step + strides[index % strides.length], other);
      });
      while (other.lockstep.step < other.lockstep.closed) other.lockstep.advance(other.lockstep.step + 1, other);
      expect(other.done).toEqual(whole.done);
      expect(other.done.filter((what) => what === 'step')).toHaveLength(perStep.length);
    }),
  );
});

test('a member that goes on from the state of another does what the other does from then on', () => {
  fc.assert(
    fc.property(counts, fc.nat(), (perStep, where) => {
      const turns = turnsOf(perStep);
      const first = new Member();
      const at = where % turns.length;
      for (const turn of turns.slice(0, at)) first.lockstep.take(turn);
      first.lockstep.advance(Infinity, first);
      const second = new Member(new Lockstep(first.lockstep.step, first.lockstep.appliedEntry, 10));
      const before = first.done.length;
      for (const turn of turns.slice(at)) {
        first.lockstep.take(turn);
        second.lockstep.take(turn);
      }
      first.lockstep.advance(Infinity, first);
      second.lockstep.advance(Infinity, second);
      expect(second.done).toEqual(first.done.slice(before));
    }),
  );
});

test('turns may come twice, and what is known is ignored', () => {
  const member = new Member();
  const [one, two] = turnsOf([1, 2]);
  member.lockstep.take(one);
  member.lockstep.take(one);
  member.lockstep.take({ ...two, entry: 0, entries: [...one.entries, ...two.entries] });
  member.lockstep.advance(Infinity, member);
  expect(member.done).toEqual(['entry 0', 'digest 0', 'step', 'entry 1', 'entry 2', 'step']);
});

test('a gap, or an entry for a step that has run, is an error', () => {
  const member = new Member();
  const [one, two, three] = turnsOf([1, 1, 1]);
  member.lockstep.take(one);
  expect(() => member.lockstep.take(three)).toThrow(LockstepError);
  member.lockstep.advance(Infinity, member);
  expect(() => member.lockstep.take({ ...two, entries: [entryOf(1, 0)] })).toThrow(LockstepError);
});

test('no step runs before it is closed, and its picture is due at the agreed time', () => {
  const member = new Member();
  const { lockstep } = member;
  for (const turn of turnsOf([0, 0, 0])) lockstep.take(turn);
  expect(lockstep.due(99)).toBe(0);
  expect(lockstep.due(100)).toBe(1);
  expect(lockstep.due(250)).toBe(2);
  lockstep.advance(lockstep.due(250), member);
  expect(lockstep.step).toBe(2);
  expect(lockstep.lateMilliseconds(250)).toBe(0);
  expect(lockstep.lateMilliseconds(340)).toBe(40);
  lockstep.advance(99, member);
  expect(lockstep.step).toBe(3);
});
