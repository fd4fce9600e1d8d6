import { describe, expect, it } from 'vitest';
import { ACCURATE_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { boundsOf } from '../../engine/common/handwriting/stroke.ts';
import { Random } from '../../engine/common/random/random.ts';
import { nameWeights, variablesOf } from '../../engine/learning/rollout/layers.ts';
import { drawChanges } from '../strokes/changes.ts';
import { describeChanges } from './describe.ts';
import type { Succession, Successions } from './examine.ts';
import { ExaminerTeam } from './examiner-team.ts';
import { measureChanges, type ChangeOptions } from './measure-changes.ts';

const OPTIONS: ChangeOptions = {
  ...{ heights: [18, 30], radii: [1.5], steps: 30, seed: 2 },
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};
const inkCells = (pixels: Uint8Array): number => pixels.filter((ink) => ink > 127).length;

/** Reads every digit correctly, and never changes its mind. */
function stubbornTeam(seen: Successions[] = []): ExaminerTeam {
  const verdict = (label: number, vote: number) => ({
    ...{ label, vote, inkCells: 100, undecidedCells: 0, votingCells: 100 },
    rightCells: vote === label ? 100 : 0,
    cellsOfClass: OPTIONS.classNames.map((_, said) => (said === vote ? 100 : 0)),
  });
  const succeed = (tasks: readonly Successions[]): Promise<Succession[][]> => {
    seen.push(...tasks);
    return Promise.resolve(
      tasks.map(({ digits, successors }) =>
        digits.map(({ label }, index) => ({
          before: verdict(label, label),
          after: verdict(successors[index].label, label),
        })),
      ),
    );
  };
  return { succeed } as ExaminerTeam;
}

describe('changes of digits', () => {
  it('add a stroke or erase it, and leave the rest where it is', () => {
    const changes = drawChanges(new Random(1));
    expect(changes).toHaveLength(14);
    expect(changes.filter(({ kind }) => kind === 'erased').map(({ from, to }) => `${from}${to}`)).toEqual([
      '71',
      '41',
      '83',
      '86',
      '89',
      '65',
      '95',
    ]);
    for (const { kind, before, after } of changes) {
      const [less, more] = kind === 'added' ? [before, after] : [after, before];
      expect(more.slice(0, less.length)).toEqual(less);
      expect(more.length).toBeGreaterThan(less.length);
      const { top, bottom } = boundsOf(more);
      expect([top, bottom]).toEqual([expect.closeTo(0, 9), expect.closeTo(1, 9)]);
    }
  });

  it('are drawn at every height, and counted as followed only if the cells say the new digit', async () => {
    const seen: Successions[] = [];
    const scores = await measureChanges(stubbornTeam(seen), OPTIONS);
    expect(scores).toHaveLength(14);
    expect(scores.every(({ n, followed, readBefore }) => n === 2 && followed === 0 && readBefore === 2)).toBe(true);
    expect(describeChanges(scores)).toContain('0 of 28 followed.');
    const [{ digits, successors, steps }] = seen;
    expect(steps).toBe(30);
    // 1 becomes 7 by more ink, then 7 becomes 1 by less.
    expect(inkCells(successors[0].pixels)).toBeGreaterThan(inkCells(digits[0].pixels));
    expect(inkCells(successors[1].pixels)).toBeLessThan(inkCells(digits[1].pixels));
    expect(digits[0].pixels).toHaveLength(successors[0].pixels.length);
  });

  it('are drawn at every height with every radius', async () => {
    const seen: Successions[] = [];
    const scores = await measureChanges(stubbornTeam(seen), { ...OPTIONS, heights: [24], radii: [1, 2.5] });
    expect(scores.every(({ n }) => n === 2)).toBe(true);
    const [thin, thick] = [0, 14].map((index) => inkCells(seen.flatMap(({ digits }) => digits)[index].pixels));
    expect(thick).toBeGreaterThan(2 * thin);
  });

  it('leave out digits that the model does not have', async () => {
    const scores = await measureChanges(stubbornTeam(), { ...OPTIONS, classNames: ['3', '8'] });
    expect(scores.map(({ from, to }) => `${from}${to}`)).toEqual(['38', '83']);
  });

  it('are the same in one thread and in two', async () => {
    const specification = {
      ...ACCURATE_SPECIFICATION,
      update: [{ ...ACCURATE_SPECIFICATION.update[0], units: 8 }, ACCURATE_SPECIFICATION.update[1]],
    };
    const random = new Random(4);
    const size = variablesOf(specification).reduce((sum, variable) => sum + variable.size, 0);
    const flat = Float32Array.from({ length: size }, () => random.normal(0.1));
    const model = { specification, weights: nameWeights(specification, flat) };
    const options = { ...OPTIONS, heights: [16], steps: 4 };
    const results = [];
    for (const workers of [1, 2]) {
      const team = await ExaminerTeam.start(model, { backend: 'wasm', workers });
      results.push(await measureChanges(team, options));
      await team.close();
    }
    expect(results[0]).toEqual(results[1]);
    expect(results[0].reduce((sum, { n }) => sum + n, 0)).toBe(14);
  });
});
