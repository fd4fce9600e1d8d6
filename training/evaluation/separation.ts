/** How well undecided cells tell the glyphs of classes from all others. */
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { scoresOf, tallyOf, type Verdict } from '../../engine/learning/rollout/tally.ts';

/** Shares in 0…1. */
export interface Separated {
  /** The chance that one of the others has a larger share of undecided cells than one of the classes; equals count half. */
  readonly areaUnderCurve: number;
  /** Shares of the cells that are undecided: of the classes' glyphs, and of the others. */
  readonly classesUndecided: number;
  readonly othersUndecided: number;
}

/** How well some verdicts are told apart; null without verdicts of both kinds. */
export function separate(verdicts: readonly Verdict[]): Separated | null {
  const others = verdicts.filter(({ label }) => label === NO_CLASS);
  const classes = verdicts.filter(({ label }) => label !== NO_CLASS);
  if (others.length === 0 || classes.length === 0) return null;
  return {
    areaUnderCurve: areaUnderCurveOf(classes.map(shareOf), others.map(shareOf)),
    classesUndecided: scoresOf(tallyOf(classes)).undecided,
    othersUndecided: scoresOf(tallyOf(others)).undecided,
  };
}

function shareOf({ undecidedCells, inkCells }: Verdict): number {
  return undecidedCells / Math.max(1, inkCells);
}

/** By ranks (Mann and Whitney 1947): how often a value of `high` is above one of `low`. */
function areaUnderCurveOf(low: readonly number[], high: readonly number[]): number {
  const sorted = [...low.map((value) => ({ value, isHigh: false })), ...high.map((value) => ({ value, isHigh: true }))];
  sorted.sort((one, other) => one.value - other.value);
  let wins = 0;
  let lowBelow = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    let [equalLow, equalHigh] = [0, 0];
    for (; end < sorted.length && sorted[end].value === sorted[start].value; end += 1) {
      if (sorted[end].isHigh) equalHigh += 1;
      else equalLow += 1;
    }
    wins += equalHigh * (lowBelow + equalLow / 2);
    lowBelow += equalLow;
    start = end;
  }
  return wins / (low.length * high.length);
}
