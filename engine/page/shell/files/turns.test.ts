import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('what is newer ends what replaces the same part, and nothing else', () => {
  const turns = new Turns();
  const picture = turns.next().begin(['digits']);
  const model = turns.next().begin(['model']);
  expect([picture.aborted, model.aborted]).toEqual([false, false]);
  const scene = turns.next().begin(['model', 'digits']);
  expect([picture.aborted, model.aborted, scene.aborted]).toEqual([true, true, false]);
});

test('what came earlier and begins later does not win', () => {
  const turns = new Turns();
  const earlier = turns.next();
  const newer = turns.next().begin(['digits']);
  expect(earlier.begin(['digits']).aborted).toBe(true);
  expect(earlier.begin(['model']).aborted).toBe(false);
  expect(newer.aborted).toBe(false);
});
