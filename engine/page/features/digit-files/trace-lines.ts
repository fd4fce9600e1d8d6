/** Traces the lines of ruled paper through a mask of ink, from left to right. */

/** A line that runs across the picture horizontally, or nearly so. */
export interface RuledLine {
  /** The line's first column. */
  readonly start: number;
  /** The row of the line's middle in each column from there on. */
  readonly rows: Float32Array;
  /** The usual thickness, in pixels. */
  readonly thickness: number;
}

/** The maximum thickness of a line, in pixels. The squares of the closing allow strokes of twice this width. */
const MOST_THICKNESS = 7;
/** The maximum slope of a line, in rows per column. */
const MOST_SLOPE = 0.3;
/** The maximum number of columns without ink that a line may skip. */
const MOST_GAP = 5;
/** The number of columns in the regression that predicts where a line continues. */
const MEMORY_COLUMNS = 40;
/** The number of columns after which the thickness of a line is known. */
const SETTLED_COLUMNS = 12;
/** How far a line may be from its predicted position, in rows. */
const TOLERANCE = 1.6;
/** How much thinner or thicker than before a line may be, in pixels. */
const THICKNESS_TOLERANCE = 1.5;
/** Shorter traces are ignored. */
const LEAST_LENGTH = 24;

/** The vertical runs of a mask, column by column. */
interface Runs {
  /** The number of each pixel's run, from 1, or 0 if it has none. */
  readonly numbers: Int32Array;
  readonly tops: Int32Array;
  /** The row below the last row of the run. */
  readonly bottoms: Int32Array;
}

function findRuns(mask: Uint8Array, width: number, height: number): Runs {
  const numbers = new Int32Array(mask.length);
  const tops: number[] = [0];
  const bottoms: number[] = [0];
  // Goes by rows, in the order of memory. For each column, this is the run that it is in.
  const open = new Int32Array(width);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      if (mask[index] === 0) {
        open[x] = 0;
        continue;
      }
      if (open[x] === 0) {
        open[x] = tops.length;
        tops.push(y);
        bottoms.push(y);
      }
      bottoms[open[x]] = y + 1;
      numbers[index] = open[x];
    }
  }
  return { numbers, tops: Int32Array.from(tops), bottoms: Int32Array.from(bottoms) };
}

/**
 * Returns all traces of thin ink that are straight for a while. The caller decides which of them are lines of the
 * paper.
 */
export function traceLines(mask: Uint8Array, width: number, height: number): RuledLine[] {
  const runs = findRuns(mask, width, height);
  const used = new Uint8Array(runs.tops.length);
  const lines: RuledLine[] = [];
  for (let x = 0; x < width - LEAST_LENGTH; x += 1) {
    for (let y = 0; y < height; y += 1) {
      const run = runs.numbers[y * width + x];
      if (run === 0) continue;
      y = runs.bottoms[run];
      if (used[run] === 1 || y - runs.tops[run] > MOST_THICKNESS) continue;
      const line = follow(runs, used, { width, height, x, run });
      if (line) lines.push(line);
    }
  }
  return lines;
}

interface Start {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly run: number;
}

/** Follows a line from a run to the right, as long as there is ink where the line would continue. */
function follow({ numbers, tops, bottoms }: Runs, used: Uint8Array, start: Start): RuledLine | null {
  const { width, height } = start;
  const rows: number[] = [(tops[start.run] + bottoms[start.run]) / 2];
  const thicknesses: number[] = [];
  let thickness = bottoms[start.run] - tops[start.run];
  let slope = 0;
  let row = rows[0];
  let gap = 0;
  let thinColumns = 1;
  let length = 1;
  used[start.run] = 1;
  for (let x = start.x + 1; x < width && gap <= MOST_GAP; x += 1) {
    row += slope;
    const near = nearestThinRun(x, row);
    if (near !== 0) {
      used[near] = 1;
      thinColumns += 1;
      // Recursive regression of a straight line over the last columns.
      const count = Math.min(thinColumns, MEMORY_COLUMNS);
      const rest = (tops[near] + bottoms[near]) / 2 - row;
      row += (rest * 2 * (2 * count - 1)) / (count * (count + 1));
      slope += (rest * 6) / (count * (count + 1));
      slope = Math.min(MOST_SLOPE, Math.max(-MOST_SLOPE, slope));
      thicknesses.push(bottoms[near] - tops[near]);
      thickness += (bottoms[near] - tops[near] - thickness) / count;
      gap = 0;
      length = rows.length + 1;
    } else {
      const y = Math.floor(row);
      if (y < 0 || y >= height) break;
      if (numbers[y * width + x] === 0) gap += 1;
      else gap = 0;
    }
    rows.push(row);
  }
  if (length < LEAST_LENGTH || thinColumns < length / 3) return null;
  thicknesses.sort((one, other) => one - other);
  return {
    start: start.x,
    rows: Float32Array.from(rows.slice(0, length)),
    thickness: thicknesses[thicknesses.length >> 1],
  };

  function nearestThinRun(x: number, expected: number): number {
    let best = 0;
    let least = TOLERANCE;
    const first = Math.max(0, Math.floor(expected - TOLERANCE));
    const last = Math.min(height - 1, Math.ceil(expected + TOLERANCE));
    for (let y = first; y <= last; y += 1) {
      const run = numbers[y * width + x];
      if (run === 0 || run === best || used[run] === 1) continue;
      const isLike = Math.abs(bottoms[run] - tops[run] - thickness) <= THICKNESS_TOLERANCE;
      if (!isLike && (thinColumns > SETTLED_COLUMNS || bottoms[run] - tops[run] > MOST_THICKNESS)) continue;
      const distance = Math.abs((tops[run] + bottoms[run]) / 2 - expected);
      if (distance >= least) continue;
      least = distance;
      best = run;
    }
    return best;
  }
}
