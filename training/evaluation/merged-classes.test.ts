import { describe, expect, it } from 'vitest';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { verdictOf } from '../../engine/learning/rollout/tally.ts';
import { mergedScores, parseMergedClasses } from './merged-classes.ts';

const NAMES = ['0', '1', 'I', 'L', 'O'];

describe('merged classes', () => {
  it('count as the first of their group', () => {
    const merged = parseMergedClasses('O=0, I=1=L', NAMES);
    expect(merged.groups).toEqual([
      ['O', '0'],
      ['I', '1', 'L'],
    ]);
    expect(merged.countsAs).toEqual([0, 1, 1, 1, 0]);
  });

  it('add their cells, which may change the vote, and leave what is undecided', () => {
    const merged = parseMergedClasses('O=0', NAMES);
    const scores = (label: number, cells: number[], undecided: number) =>
      mergedScores([verdictOf(label, cells, undecided)], merged);
    // Three say 0 and three O, four say I: with both as one, most are right.
    expect(scores(4, [3, 0, 4, 0, 3], 0)).toMatchObject({ cellAccuracy: 0.6, majorityAccuracy: 1, agreement: 0 });
    expect(scores(0, [5, 0, 0, 0, 5], 0)).toMatchObject({ cellAccuracy: 1, unanimousCorrect: 1 });
    expect(scores(NO_CLASS, [2, 0, 0, 0, 2], 6)).toMatchObject({ cellAccuracy: 0.6, majorityAccuracy: 1 });
  });

  it.each([
    ['O', /--merge takes groups of classes such as 0=1, and "O" is not two classes\./],
    ['', /and "" is not two classes/],
    ['O=0,', /and "" is not two classes/],
    ['O=Q', /the model has no class "Q"; its classes are 0, 1, I, L, O\./],
    ['O=0,O=1', /"O=0,O=1" names O twice/],
    ['O=O', /"O=O" names O twice/],
  ])('refuse %j', (text, message) => expect(() => parseMergedClasses(text, NAMES)).toThrow(message));
});
