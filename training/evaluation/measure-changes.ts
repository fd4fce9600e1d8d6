/** Measures whether cells follow when a digit becomes another by a stroke that is added or erased. */
import { hash2 } from '../../engine/common/random/hash.ts';
import { Random } from '../../engine/common/random/random.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { drawChanges, type Change } from '../strokes/changes.ts';
import { inkOf, poseStrokes, UPRIGHT } from '../../engine/learning/strokes/draw-glyph.ts';
import { cutGroups } from './evaluate.ts';
import type { Successions } from './examine.ts';
import type { ExaminerTeam } from './examiner-team.ts';
import { sizesOf } from './stroke-sets.ts';

export interface ChangeOptions {
  /** Heights of the digits, in cells; every change is drawn once at each, with every radius. */
  readonly heights: readonly number[];
  /** Of the brush, cells. */
  readonly radii: readonly number[];
  /** Before the change, and after it. */
  readonly steps: number;
  readonly seed: number;
  readonly classNames: readonly string[];
}

/** What came of a change from one digit to another. */
export interface ChangeScores {
  readonly from: string;
  readonly to: string;
  readonly kind: Change['kind'];
  /** How often it was drawn, and how often most of the cells followed. */
  readonly n: number;
  readonly followed: number;
  /** How often the first digit was read correctly before the change. */
  readonly readBefore: number;
}

/**
 * Measures the changes of {@link drawChanges}. Cells whose ink stays keep their state, new ones start at zero, as on the
 * page. Changes between digits that the model has no class for are left out.
 */
export async function measureChanges(team: ExaminerTeam, options: ChangeOptions): Promise<ChangeScores[]> {
  const { heights, radii, steps, seed, classNames } = options;
  const drawn = sizesOf(heights, radii).flatMap((size, index) => {
    const random = new Random(hash2(seed, index));
    return drawChanges(random)
      .filter(({ from, to }) => classNames.includes(from) && classNames.includes(to))
      .map((change) => {
        const full = change.kind === 'added' ? change.after : change.before;
        const posed = poseStrokes(full, { ...UPRIGHT, ...size }, random);
        const bare = { ...posed, strokes: posed.strokes.slice(0, Math.min(change.before.length, change.after.length)) };
        const [before, after] = change.kind === 'added' ? [bare, posed] : [posed, bare];
        return {
          change,
          digit: { pixels: inkOf(before), label: classNames.indexOf(change.from) },
          successor: { pixels: inkOf(after), label: classNames.indexOf(change.to) },
        };
      });
  });
  const tasks = cutGroups(drawn).map((group, index): Successions => ({
    seed: hash2(seed, index),
    digits: group.map(({ digit }) => digit),
    successors: group.map(({ successor }) => successor),
    steps,
  }));
  const verdicts = (await team.succeed(tasks)).flat();
  const scores = new Map<string, ChangeScores>();
  drawn.forEach(({ change: { from, to, kind } }, index) => {
    const key = `${from}${to}${kind}`;
    const { n, followed, readBefore } = scores.get(key) ?? { n: 0, followed: 0, readBefore: 0 };
    const { before, after } = verdicts[index];
    scores.set(key, {
      ...{ from, to, kind, n: n + 1 },
      followed: followed + Number(after.vote !== NO_CLASS && after.vote === after.label),
      readBefore: readBefore + Number(before.vote === before.label),
    });
  });
  return [...scores.values()];
}
