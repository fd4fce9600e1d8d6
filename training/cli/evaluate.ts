/** `npm run evaluate`: measures a model. */
import { basename } from 'node:path';
import { parseChoice, parseNumber, parseWhole } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError, userPath } from '../../engine/command-line/command.ts';
import { quoteWord } from '../../engine/command-line/quote.ts';
import { isFolder, parseInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { MOST_SIDE } from '../../engine/common/digit-images/pad.ts';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { readModel } from '../bake/imported-model.ts';
import { renderCard } from '../cards/card.ts';
import { sliceDigits, type Digits } from '../digits/digits.ts';
import { openEvaluationDigits, SPLITS } from '../digits/source.ts';
import { describeChanges, describeEvaluation, describeScores, describeStrokes } from '../evaluation/describe.ts';
import { accuracyRecord, evaluateModel } from '../evaluation/evaluate.ts';
import { ExaminerTeam } from '../evaluation/examiner-team.ts';
import { measureChanges } from '../evaluation/measure-changes.ts';
import { parseMergedClasses } from '../evaluation/merged-classes.ts';
import { measureStrokes, type StrokeFindings } from '../evaluation/measure-strokes.ts';
import { measureRobustness } from '../evaluation/robustness.ts';
import { renderStrokeReport } from '../report/stroke-report.ts';
import { findGlyphFiles, readGlyphs, type GlyphSet } from '../strokes/glyphs.ts';
import { evaluationSets, OWN_HAND } from '../strokes/own-hand.ts';
import { findModels, tableOfModels } from './evaluate-folder.ts';

const STROKE_DEFAULTS = { heights: '14,18,22,28,40,48', radius: '1.5', steps: '100' };

/** Each change is drawn once at each height. */
const CHANGE_HEIGHTS = '18,22,28,34';

const HELP = `Usage: npm run evaluate -- --model FILE [options]

Measures a model on digits that it was not trained on: 200 steps from a fresh
state, then a true mutation into another digit, and 200 steps more.

  --model FILE     a baked model (.ktx2), a checkpoint, or safetensors; for all baked
                   models of a FOLDER, a table in Markdown is printed
  --data DIR       folder of MNIST's IDX files, gzip or not (default data/mnist,
                   fetched from MNIST's mirrors and checked if it is not there)
  --synthetic      digits of the project's own handwriting instead of MNIST
  --images FILE --labels FILE
                   an IDX file of images of up to ${MOST_SIDE} · ${MOST_SIDE} cells, and one of their labels
  --classes FILE   names the classes of the data, if there is no classes.json
                   beside it
  --strokes PLACE  pen strokes instead: a JSON file, gzip or not, or the
                   *validation* files of a folder, drawn with the page's brush;
                   "handwriting" for the project's own
  --heights LIST   of the strokes, in cells (default ${STROKE_DEFAULTS.heights})
  --radius CELLS   of the brush (default ${STROKE_DEFAULTS.radius})
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
  --limit N        only the first N digits; of strokes, N of each file, spread evenly
  --seed N         seed of everything random (default 0)
  --backend NAME   ${BACKEND_NAMES.join(', ')} (default auto)
  --workers N      threads (default: one a core, or 1 on a GPU)
  --seeds N        as many seeds, from --seed on: means, and how far they spread
  --drift N        the first N digits are followed to step 1,000 (default 200)
  --robustness     measures instead how the model takes other sizes, slants, pens,
                   holes and dropouts, half floats, our own handwriting and 1,000
                   steps (default: 200 digits)
  --card FILE.md   writes the model's card: all of the above, the robustness too,
                   and with --strokes how it reads them
  --write          writes the accuracy into the model file, which must be a .ktx2
  --json           one JSON object: scores as shares, "confusion" as digits of
                   class i voted j, "pairs" of classes most often taken for each
                   other, "merged" scores, "worst" with places in the split from 0
  --help           this text
`;

/** Digits that robustness is measured on unless more are asked for: it takes two dozen conditions. */
const ROBUSTNESS_DIGITS = 200;
const MOST_SEEDS = 100;
const DEFAULTS = { split: 'validation', limit: '', seed: '0', seeds: '1', drift: '200' };

/** The command that writes a card; "DIR" stands for the place of pen strokes, which the card names by their digests. */
function cardCommand(
  path: string,
  card: string,
  values: Readonly<Record<'split' | 'seed' | 'seeds' | 'drift', string>> & {
    readonly limit?: string;
    readonly data?: string;
    readonly images?: string;
    readonly labels?: string;
    readonly classes?: string;
    readonly synthetic?: boolean;
    readonly strokes?: string;
    readonly heights?: string;
    readonly radius?: string;
    readonly steps?: string;
    readonly merge?: string;
  },
): string {
  const given = (['split', 'limit', 'seed', 'seeds', 'drift'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined || value === DEFAULTS[name] ? [] : [`--${name} ${value}`];
  });
  const { synthetic, strokes } = values;
  const places = (['data', 'images', 'labels', 'classes'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name} ${quoteWord(value)}`];
  });
  const ofStrokes = (['heights', 'radius', 'steps', 'merge'] as const).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name} ${quoteWord(value)}`];
  });
  const options = [
    ...[`--model ${path}`, `--card ${card}`, ...given],
    ...(synthetic ? ['--synthetic'] : places),
    ...(strokes === undefined ? [] : [`--strokes ${strokes === OWN_HAND ? OWN_HAND : 'DIR'}`]),
    ...ofStrokes,
  ];
  return `npm run evaluate -- ${options.join(' ')}`;
}

/** Files of strokes to measure with have this in their names. */
const VALIDATION_PART = 'validation';
/** Glyphs of each digit and of each shape in the project's own hand. */
const OWN_GLYPHS_EACH = 50;
const LEAST_CELLS = 0.1;
const MOST_HEIGHT_CELLS = 200;
const MOST_RADIUS_CELLS = 20;

function parseStrokeOptions(given: { readonly heights?: string; readonly radius?: string; readonly steps?: string }): {
  heights: number[];
  radius: number;
  steps: number;
} {
  const { heights, radius, steps } = { ...STROKE_DEFAULTS, ...given };
  return {
    heights: heights.split(',').map((height) => parseNumber(height, '--heights', LEAST_CELLS, MOST_HEIGHT_CELLS)),
    radius: parseNumber(radius, '--radius', LEAST_CELLS, MOST_RADIUS_CELLS),
    steps: parseWhole(steps, '--steps', 1, 10_000),
  };
}

/** The glyphs that `--strokes` names, and how they are drawn. */
function openStrokes(
  place: string,
  given: Parameters<typeof parseStrokeOptions>[0],
): { options: ReturnType<typeof parseStrokeOptions>; sets: readonly GlyphSet[] } {
  const options = parseStrokeOptions(given);
  const sets =
    place === OWN_HAND
      ? evaluationSets(OWN_GLYPHS_EACH)
      : findGlyphFiles(userPath(place), VALIDATION_PART).map(readGlyphs);
  return { options, sets };
}

/** Refuses options that make no sense beside each other. */
function checkCombination(values: Readonly<Record<string, string | boolean | undefined>>): void {
  const together = (one: string, others: readonly string[]): void => {
    const other = values[one] === undefined ? undefined : others.find((name) => values[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--${one} and --${other} contradict each other.`);
  };
  together('strokes', ['robustness', 'write', 'changes']);
  together('changes', ['robustness', 'write', 'card', 'data', 'synthetic', 'images', 'limit']);
  if (values['card'] === undefined) together('strokes', ['data', 'synthetic', 'images']);
  together('merge', ['robustness', 'changes']);
  together('images', ['data', 'synthetic']);
  if ((values['images'] === undefined) !== (values['labels'] === undefined)) {
    throw new UsageError('--images and --labels belong together.');
  }
  const alone = ['heights', 'radius', 'steps'].find((name) => values[name] !== undefined);
  if (alone !== undefined && values['strokes'] === undefined && values['changes'] === undefined) {
    throw new UsageError(`--${alone} is for --strokes or --changes.`);
  }
  if (values['report'] !== undefined && (values['strokes'] === undefined || values['card'] !== undefined)) {
    throw new UsageError('--report is for --strokes without --card.');
  }
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      synthetic: { type: 'boolean' },
      images: { type: 'string' },
      labels: { type: 'string' },
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
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (!values.model) throw new UsageError('Name the model to evaluate with --model FILE; --help tells more.');
  const path = userPath(values.model);
  const cardPath = values.card === undefined ? undefined : userPath(values.card);
  const split = parseChoice(values.split, '--split', SPLITS);
  const backend = parseChoice(values.backend, '--backend', BACKEND_NAMES);
  const seed = parseWhole(values.seed, '--seed');
  const seedCount = parseWhole(values.seeds, '--seeds', 1, MOST_SEEDS);
  const seeds = Array.from({ length: seedCount }, (_, index) => (seed + index) >>> 0);
  const driftDigits = parseWhole(values.drift, '--drift');
  if (values.robustness && seedCount > 1) throw new UsageError('--robustness is measured with one seed.');
  if (values.robustness && values.card) throw new UsageError('--card measures the robustness by itself.');
  if (values.robustness && values.write) throw new UsageError('--robustness and --write contradict each other.');
  const most = values.robustness ? ROBUSTNESS_DIGITS : Infinity;
  const limit = values.limit === undefined ? most : parseWhole(values.limit, '--limit', 1);
  const workers = values.workers === undefined ? null : parseWhole(values.workers, '--workers', 1, 64);
  checkCombination(values);
  const onTerminal = process.stderr.isTTY;
  const progress = (done: number, total: number): void => {
    if (onTerminal) process.stderr.write(done < total ? `\r${done}/${total}` : '\r\x1b[K');
  };
  if (isFolder(path)) {
    const paths = findModels(path, values);
    const opened: Digits[] = [];
    const open = async (names: readonly string[]): Promise<Digits> => {
      opened.push(await openEvaluationDigits(values, names, split, limit, (message) => console.error(message)));
      return opened[opened.length - 1];
    };
    const table = await tableOfModels(paths, open, { backend, workers, seeds, progress });
    console.log(`${opened[0].count} digits, ${opened[0].name}, seed ${seeds.join(', ')}\n\n${table}`);
    return;
  }
  const model = parseInputFile(path, readModel);
  if (values.write && !path.endsWith('.ktx2'))
    throw new UserError(`--write needs a .ktx2 file, and "${path}" is none.`);

  const { name, classes } = model.specification;
  const classNames = classes.map((entry) => entry.name);
  const merged = values.merge === undefined ? null : parseMergedClasses(values.merge, classNames);
  const strokes = values.strokes === undefined ? null : openStrokes(values.strokes, values);
  const measureAllStrokes = (team: ExaminerTeam, of: NonNullable<typeof strokes>): Promise<StrokeFindings> =>
    measureStrokes(team, of.sets, { ...of.options, limit, seed, classNames, merged, progress });
  if (strokes && values.card === undefined) {
    const team = await ExaminerTeam.start(model, { backend, workers });
    try {
      const { mistakes, ...findings } = await measureAllStrokes(team, strokes);
      if (values.report !== undefined) {
        const reportPath = userPath(values.report);
        const title = `${name} (${basename(path)}) after ${strokes.options.steps} steps`;
        writeFileAtomic(reportPath, renderStrokeReport(title, classNames, { ...findings, mistakes }));
        console.error(`Wrote ${reportPath}.`);
      }
      if (values.json) console.log(JSON.stringify({ model: name, seed, steps: strokes.options.steps, ...findings }));
      else console.log(`${name} (${basename(path)}), seed ${seed}\n${describeStrokes(findings, classNames)}`);
    } finally {
      await team.close();
    }
    return;
  }
  const changeOptions = {
    ...parseStrokeOptions({ ...values, heights: values.heights ?? CHANGE_HEIGHTS }),
    ...{ seed, classNames },
  };
  if (values.changes) {
    const team = await ExaminerTeam.start(model, { backend, workers });
    try {
      const changes = await measureChanges(team, changeOptions);
      if (values.json) console.log(JSON.stringify({ model: name, seed, steps: changeOptions.steps, changes }));
      else console.log(`${name} (${basename(path)}), seed ${seed}\n${describeChanges(changes)}`);
    } finally {
      await team.close();
    }
    return;
  }
  const digits = await openEvaluationDigits(values, classNames, split, limit, (message) => console.error(message));
  const team = await ExaminerTeam.start(model, { backend, workers });
  const title = `${name} (${basename(path)}) on ${digits.count} digits, ${digits.name}, seed ${seeds.join(', ')}, ${team.backend.name}`;
  try {
    if (values.robustness) {
      const conditions = await measureRobustness(team, digits, seed, progress);
      if (values.json) console.log(JSON.stringify({ model: name, n: digits.count, split, seed, conditions }));
      else console.log(`${title}\n${describeScores(conditions)}`);
      return;
    }
    const evaluation = await evaluateModel(team, { digits, seeds, driftDigits, merged, progress });
    if (values.write) {
      const accuracy = accuracyRecord(evaluation, digits.name);
      writeFileAtomic(path, encodeModelFile({ ...model, specification: { ...model.specification, accuracy } }));
    }
    if (cardPath !== undefined) {
      const few = sliceDigits(digits, digits.name, 0, Math.min(ROBUSTNESS_DIGITS, digits.count));
      const card = renderCard({
        specification: model.specification,
        path,
        evaluation,
        digitsName: digits.name,
        conditions: await measureRobustness(team, few, seed, progress),
        conditionDigits: few.count,
        strokes: strokes && (await measureAllStrokes(team, strokes)),
        changes: strokes && (await measureChanges(team, changeOptions)),
        // MNIST is what the command takes if no data is named.
        command: cardCommand(
          path,
          cardPath,
          digits.name.startsWith('MNIST ') ? { ...values, data: undefined } : values,
        ),
      });
      writeFileAtomic(cardPath, card);
      console.error(`Wrote ${cardPath}.`);
    }
    if (values.json) console.log(JSON.stringify({ model: name, split, ...evaluation }));
    else console.log(`${title}\n${describeEvaluation(evaluation, classNames)}`);
  } finally {
    await team.close();
  }
});
