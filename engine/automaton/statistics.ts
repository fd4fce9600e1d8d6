import type { TileTally } from './tally-pass.ts';
import type { CanvasLayout, DigitStatistics, Statistics } from './types.ts';

/**
 * The statistics of a canvas, from the counts of its tiles.
 *
 * @param labels the class assigned to each tile, −1 where it is unknown
 */
export function summarize(
  layout: CanvasLayout,
  tallies: readonly TileTally[],
  labels: ArrayLike<number>,
  step: number,
  liveCells: number,
): Statistics {
  const digits: DigitStatistics[] = [];
  const total = { ink: 0, changed: 0, unanimous: 0, undecided: 0 };
  const known = { digits: 0, ink: 0, right: 0, majorityRight: 0, unanimousRight: 0 };
  tallies.forEach((tally, tile) => {
    if (tally.inkCells === 0) return;
    const most = Math.max(...tally.votes);
    const isDecided = most > 0 && 2 * tally.undecided <= tally.inkCells;
    const vote = isDecided ? tally.votes.indexOf(most) : null;
    const unanimous = most === tally.inkCells;
    const label = labels[tile] >= 0 ? labels[tile] : null;
    total.ink += tally.inkCells;
    total.changed += tally.changed;
    total.undecided += tally.undecided;
    total.unanimous += Number(unanimous);
    if (label !== null) {
      known.digits += 1;
      known.ink += tally.inkCells;
      known.right += tally.votes[label] ?? 0;
      known.majorityRight += Number(vote === label);
      known.unanimousRight += Number(unanimous && vote === label);
    }
    digits.push({
      column: tile % layout.columns,
      row: Math.floor(tile / layout.columns),
      label,
      vote,
      agreement: most / tally.inkCells,
      confidence: tally.confidence / tally.inkCells,
      inkCells: tally.inkCells,
      undecided: tally.undecided / tally.inkCells,
      votes: tally.votes,
    });
  });
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return {
    step,
    liveCells,
    inkCells: total.ink,
    cellAccuracy: share(known.right, known.ink),
    agreement: share(total.unanimous, digits.length),
    majorityAccuracy: share(known.majorityRight, known.digits),
    unanimousCorrect: share(known.unanimousRight, known.digits),
    flicker: share(total.changed, total.ink),
    undecided: share(total.undecided, total.ink),
    digits,
  };
}
