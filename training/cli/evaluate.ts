/** `npm run evaluate`: measures a model. */
import { basename } from 'node:path';
import { parseChoice, parseWhole } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError, userPath } from '../../engine/command-line/command.ts';
import { isFolder, parseInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { readModel } from '../bake/imported-model.ts';
import { cardCommand } from '../cards/card-command.ts';
import { renderCard } from '../cards/card.ts';
import { takeDigits, type Digits } from '../digits/digits.ts';
import { openEvaluationDigits, SPLITS, type DataChoice } from '../digits/source.ts';
import { describeChanges, describeEvaluation, describeImages, describeScores } from '../evaluation/describe.ts';
import { describeStrokes } from '../evaluation/describe-strokes.ts';
import { accuracyRecord, evaluateModel } from '../evaluation/evaluate.ts';
import { ExaminerTeam } from '../evaluation/examiner-team.ts';
import { measureChanges } from '../evaluation/measure-changes.ts';
import { measureImages } from '../evaluation/measure-images.ts';
import { parseMergedClasses } from '../evaluation/merged-classes.ts';
import { measureStrokes, type StrokeFindings } from '../evaluation/measure-strokes.ts';
import { measureRobustness } from '../evaluation/robustness.ts';
import { renderStrokeReport } from '../report/stroke-report.ts';
import { findModels, tableOfModels } from './evaluate-folder.ts';
import { checkCombination, furtherImages, HELP, mainData, OPTIONS } from './evaluate-options.ts';
import { CHANGE_HEIGHTS, openStrokes, parseStrokeSizes } from './evaluate-strokes.ts';

/** Digits that robustness is measured on unless more are asked for: it takes two dozen conditions. */
const ROBUSTNESS_DIGITS = 200;
const MOST_SEEDS = 100;

await runCommand(async (args) => {
  const { values } = parseCommandLine({ args, options: OPTIONS });
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
  const openDigits = (choice: DataChoice, names: readonly string[]): Promise<Digits> =>
    openEvaluationDigits(choice, names, split, limit, (message) => console.error(message));
  const further = furtherImages(values);
  if (isFolder(path)) {
    if (further.length > 0) throw new UsageError('Further --images are for one model.');
    const paths = findModels(path, values);
    const opened: Digits[] = [];
    const open = async (names: readonly string[]): Promise<Digits> => {
      opened.push(await openDigits(mainData(values), names));
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
  const strokes =
    values.strokes === undefined
      ? null
      : { sizes: parseStrokeSizes(values), sets: openStrokes(values.strokes, classNames) };
  const measureAllStrokes = (
    team: ExaminerTeam,
    { sets, sizes }: NonNullable<typeof strokes>,
  ): Promise<StrokeFindings> => measureStrokes(team, sets, { ...sizes, limit, seed, classNames, merged, progress });
  if (strokes && values.card === undefined) {
    const team = await ExaminerTeam.start(model, { backend, workers });
    try {
      const { mistakes, ...findings } = await measureAllStrokes(team, strokes);
      if (values.report !== undefined) {
        const reportPath = userPath(values.report);
        const title = `${name} (${basename(path)}) after ${strokes.sizes.steps} steps`;
        writeFileAtomic(reportPath, renderStrokeReport(title, classNames, { ...findings, mistakes }));
        console.error(`Wrote ${reportPath}.`);
      }
      if (values.json) console.log(JSON.stringify({ model: name, seed, steps: strokes.sizes.steps, ...findings }));
      else console.log(`${name} (${basename(path)}), seed ${seed}\n${describeStrokes(findings, classNames)}`);
    } finally {
      await team.close();
    }
    return;
  }
  if (values.changes) {
    const sizes = parseStrokeSizes({ ...values, heights: values.heights ?? CHANGE_HEIGHTS });
    const team = await ExaminerTeam.start(model, { backend, workers });
    try {
      const changes = await measureChanges(team, { ...sizes, seed, classNames });
      if (values.json) console.log(JSON.stringify({ model: name, seed, steps: sizes.steps, changes }));
      else console.log(`${name} (${basename(path)}), seed ${seed}\n${describeChanges(changes)}`);
    } finally {
      await team.close();
    }
    return;
  }
  const digits = await openDigits(mainData(values), classNames);
  const furtherDigits = await Promise.all(further.map((choice) => openDigits(choice, classNames)));
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
    const images = await measureImages(team, furtherDigits, seed, progress);
    if (values.write) {
      const accuracy = accuracyRecord(evaluation, digits.name);
      writeFileAtomic(path, encodeModelFile({ ...model, specification: { ...model.specification, accuracy } }));
    }
    if (cardPath !== undefined) {
      const few = takeDigits(digits, ROBUSTNESS_DIGITS);
      const changeSizes = parseStrokeSizes({ heights: CHANGE_HEIGHTS, steps: values.steps });
      const card = renderCard({
        specification: model.specification,
        path,
        evaluation,
        digitsName: digits.name,
        images,
        conditions: await measureRobustness(team, few, seed, progress),
        conditionDigits: few.count,
        strokes: strokes && (await measureAllStrokes(team, strokes)),
        // At sizes of their own, so that cards can be compared.
        changes: strokes && (await measureChanges(team, { ...changeSizes, seed, classNames })),
        command: cardCommand(path, cardPath, values, digits.name.startsWith('MNIST ')),
      });
      writeFileAtomic(cardPath, card);
      console.error(`Wrote ${cardPath}.`);
    }
    const measured = images.length > 0 ? { ...evaluation, images } : evaluation;
    if (values.json) console.log(JSON.stringify({ model: name, split, ...measured }));
    else {
      console.log(`${title}\n${describeEvaluation(evaluation, classNames)}`);
      if (images.length > 0) console.log(`\n${describeImages(images)}`);
    }
  } finally {
    await team.close();
  }
});
