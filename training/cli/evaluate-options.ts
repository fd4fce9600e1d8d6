/** The options of `npm run evaluate`: what they mean, and which of them go together. */
import { UsageError } from '../../engine/command-line/command.ts';
import { MOST_SIDE } from '../../engine/common/digit-images/pad.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { DEFAULTS } from '../cards/card-command.ts';
import { SPLITS, type DataChoice } from '../digits/source.ts';
import { CHANGE_HEIGHTS, STROKE_DEFAULTS } from './evaluate-strokes.ts';

/** What --help prints. */
export const HELP = `Usage: npm run evaluate -- --model FILE [options]

Measures a model on digits that it was not trained on: 200 steps from a fresh
state, then a true mutation into another digit, and 200 steps more.

  --model FILE     a baked model (.ktx2), a checkpoint, or safetensors; for all baked
                   models of a FOLDER, a table in Markdown is printed
  --data DIR       folder of MNIST's IDX files, gzip or not (default data/mnist,
                   fetched from MNIST's mirrors and checked if it is not there)
  --synthetic      digits of the project's own handwriting instead of MNIST
  --images FILE --labels FILE
                   an IDX file of images of up to ${MOST_SIDE} · ${MOST_SIDE} cells, and one of their
                   labels; may be repeated, for further sets beside the first or --data
  --classes FILE   names the classes of the data, if there is no classes.json
                   beside it
  --strokes PLACE  pen strokes instead: a JSON file, gzip or not, or the
                   *validation* files of a folder and the project's own shapes, drawn
                   with the page's brush; "handwriting" for the project's own
  --heights LIST   of the strokes, in cells (default ${STROKE_DEFAULTS.heights})
  --radius LIST    of the brush, in cells; every height is drawn with every radius
                   (default ${STROKE_DEFAULTS.radius})
  --steps N        after which the strokes are read (default ${STROKE_DEFAULTS.steps})
  --report FILE.html
                   of the strokes: tables, and pictures of what was read wrong
  --changes        measures instead how often the cells follow when a digit becomes
                   another by a stroke that is added or erased, at each of --heights
                   (default ${CHANGE_HEIGHTS})
  --merge GROUPS   classes to count as one, such as O=0,I=1=L: the scores are also given
                   that way, at step 200, and of strokes everywhere
  --split NAME     ${SPLITS.join(' or ')} (default validation: the last 5,000
                   training images, which training never sees)
  --limit N        only N of each set of images: the first of MNIST's, and of others as
                   many of each class as its share; of strokes, N of each row of the
                   table, spread evenly
  --seed N         seed of everything random (default 0)
  --backend NAME   ${BACKEND_NAMES.join(', ')} (default auto)
  --workers N      threads (default: one a core, or 1 on a GPU)
  --seeds N        as many seeds, from --seed on: means, and how far they spread
  --drift N        the first N digits are followed to step 1,000 (default 200)
  --robustness     measures instead how the model takes other sizes, slants, pens,
                   holes and dropouts, half floats, our own handwriting and 1,000
                   steps (default: 200 digits)
  --card FILE.md   writes the model's card: all of the above, the robustness too, and
                   with --strokes how it reads them and how it follows changes
  --write          writes the accuracy into the model file, which must be a .ktx2
  --json           one JSON object: scores as shares, "confusion" as digits of
                   class i voted j, "pairs" of classes most often taken for each
                   other, "merged" scores, "worst" with places in the split from 0
  --help           this text
`;

/** For `parseArgs`. */
export const OPTIONS = {
  model: { type: 'string' },
  data: { type: 'string' },
  synthetic: { type: 'boolean' },
  images: { type: 'string', multiple: true },
  labels: { type: 'string', multiple: true },
  classes: { type: 'string' },
  strokes: { type: 'string' },
  heights: { type: 'string' },
  radius: { type: 'string' },
  steps: { type: 'string' },
  merge: { type: 'string' },
  split: { type: 'string', default: DEFAULTS.split },
  limit: { type: 'string' },
  seed: { type: 'string', default: DEFAULTS.seed },
  seeds: { type: 'string', default: DEFAULTS.seeds },
  drift: { type: 'string', default: DEFAULTS.drift },
  backend: { type: 'string', default: 'auto' },
  workers: { type: 'string' },
  report: { type: 'string' },
  changes: { type: 'boolean' },
  robustness: { type: 'boolean' },
  card: { type: 'string' },
  write: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The values of the options that depend on each other. */
export type Values = {
  readonly [Name in keyof typeof OPTIONS]?: (typeof OPTIONS)[Name] extends { readonly multiple: true }
    ? string[]
    : (typeof OPTIONS)[Name] extends { readonly type: 'boolean' }
      ? boolean
      : string;
};

function pairsOfImages({ images = [], labels = [], classes }: Values): DataChoice[] {
  return images.map((file, index) => ({ images: file, labels: labels[index], classes }));
}

/** What is evaluated: the data that is named, or else the first pair of --images and --labels. */
export function mainData(values: Values): DataChoice {
  const { data, synthetic, classes } = values;
  const [first] = pairsOfImages(values);
  return data === undefined && first ? first : { data, synthetic, classes };
}

/** The pairs of --images and --labels that are measured beside it. */
export function furtherImages(values: Values): DataChoice[] {
  return pairsOfImages(values).slice(values.data === undefined ? 1 : 0);
}

/** Refuses options that make no sense beside each other. */
export function checkCombination(values: Values): void {
  const together = (one: keyof Values, others: readonly (keyof Values)[]): void => {
    const other = values[one] === undefined ? undefined : others.find((name) => values[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--${one} and --${other} contradict each other.`);
  };
  together('strokes', ['robustness', 'write', 'changes']);
  together('changes', ['robustness', 'write', 'card', 'data', 'synthetic', 'images', 'limit']);
  if (values.card === undefined) together('strokes', ['data', 'synthetic', 'images']);
  together('merge', ['robustness', 'changes']);
  together('images', ['synthetic']);
  const { images = [], labels = [] } = values;
  if (images.length !== labels.length) throw new UsageError('--images and --labels belong together.');
  if (values.robustness && furtherImages(values).length > 0) {
    throw new UsageError('--robustness is measured on one set of images.');
  }
  const alone = (['heights', 'radius', 'steps'] as const).find((name) => values[name] !== undefined);
  if (alone !== undefined && values.strokes === undefined && values.changes === undefined) {
    throw new UsageError(`--${alone} is for --strokes or --changes.`);
  }
  if (values.report !== undefined && (values.strokes === undefined || values.card !== undefined)) {
    throw new UsageError('--report is for --strokes without --card.');
  }
}
