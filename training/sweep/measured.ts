/** What `evaluate --json` says of a model, as a sweep keeps and ranks it. */
import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const scores = v.object({
  cellAccuracy: share,
  agreement: share,
  /** Not measured on pen strokes. */
  unanimousCorrect: v.optional(share, 0),
  majorityAccuracy: share,
  /** Absent in results of earlier commits. */
  undecided: v.optional(share, 0),
});

/** The measurement of a model: the scores by step of the automaton. Pen strokes are only read at step 200. */
export const evaluationSchema = v.object({
  n: v.number(),
  steps: v.record(v.string(), scores),
  /** Null for pen strokes. */
  flicker: v.nullable(v.number()),
});

export type Evaluation = v.InferOutput<typeof evaluationSchema>;

/** The step that settings are ranked at. */
export const RANKED_STEP = 200;

const strokesSchema = v.object({
  strokes: v.pipe(
    // Signs that look like digits are neither right nor wrong.
    v.array(v.object({ n: v.number(), lookAlikes: v.optional(v.boolean(), false), ...scores.entries })),
    v.transform((rows) => rows.filter(({ lookAlikes }) => !lookAlikes)),
    v.minLength(1),
  ),
});

/**
 * The measurement in the output of `evaluate --json`. Of pen strokes it is the mean over all files and heights, each
 * counted by its glyphs.
 * @throws SyntaxError or ValiError if it holds none
 */
export function readEvaluation(json: string): Evaluation {
  const output = v.parse(v.union([evaluationSchema, strokesSchema]), JSON.parse(json));
  if (!('strokes' in output)) return output;
  const rows = output.strokes;
  const n = rows.reduce((total, row) => total + row.n, 0);
  const mean = (key: keyof v.InferOutput<typeof scores>): number =>
    rows.reduce((total, row) => total + row.n * row[key], 0) / n;
  const all = {
    cellAccuracy: mean('cellAccuracy'),
    agreement: mean('agreement'),
    unanimousCorrect: mean('unanimousCorrect'),
    majorityAccuracy: mean('majorityAccuracy'),
    undecided: mean('undecided'),
  };
  return { n, steps: { [RANKED_STEP]: all }, flicker: null };
}
