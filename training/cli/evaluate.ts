/** `npm run evaluate`: measures a model. */
import { basename } from 'node:path';
import {
  parseCommandLine,
  parseInputFile,
  runCommand,
  UsageError,
  UserError,
  writeFileAtomic,
} from '../../engine/cli/command.ts';
import { decodeModelFile, encodeModelFile } from '../../engine/common/model/file.ts';
import { decodeSafetensors } from '../../engine/common/model/safetensors.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { BACKEND_NAMES } from '../backend/backend.ts';
import { modelFromSafetensors } from '../bake/imported-model.ts';
import { openEvaluationDigits, SPLITS } from '../digits/source.ts';
import { accuracyRecord, evaluateModel, type Evaluation } from '../evaluation/evaluate.ts';
import { ExaminerTeam } from '../evaluation/examiner-team.ts';
import { measureRobustness } from '../evaluation/robustness.ts';
import type { Scores } from '../evaluation/tally.ts';
import { parseChoice, parseWhole } from './options.ts';

const HELP = `Usage: npm run evaluate -- --model FILE [options]

Measures a model on digits that it was not trained on: 200 steps from a fresh
state, then a true mutation into another digit, and 200 steps more.

  --model FILE     a baked model (.ktx2), a checkpoint, or safetensors
  --data DIR       folder of MNIST's IDX files, gzip or not (default data/mnist,
                   fetched from MNIST's mirrors and checked if it is not there)
  --synthetic      digits of the project's own handwriting instead of MNIST
  --split NAME     ${SPLITS.join(' or ')} (default validation: the last 5,000
                   training images, which training never sees)
  --limit N        only the first N digits
  --seed N         seed of everything random (default 0)
  --backend NAME   ${BACKEND_NAMES.join(', ')} (default auto)
  --workers N      threads (default: one a core, or 1 on a GPU)
  --robustness     measures instead how the model takes other sizes, slants, pens,
                   holes and dropouts, and 1,000 steps (default: 200 digits)
  --write          writes the accuracy into the model file, which must be a .ktx2
  --json           one JSON object
  --help           this text
`;

const KTX2_MAGIC = [0xab, 0x4b, 0x54, 0x58];

function readModel(bytes: Uint8Array): Model {
  const baked = KTX2_MAGIC.every((value, index) => bytes[index] === value);
  return baked ? decodeModelFile(bytes) : modelFromSafetensors(decodeSafetensors(bytes));
}

/** A table of scores in percent. */
function describeScores(rows: Record<string, Scores>): string {
  const percent = (share: number): string => (100 * share).toFixed(2).padStart(7);
  const heads = ['cells', 'agree', 'unan.', 'major.'].map((word) => word.padStart(7)).join('  ');
  const lines = Object.entries(rows).map(([name, scores]) => {
    const { cellAccuracy, agreement, unanimousCorrect, majorityAccuracy } = scores;
    const columns = [cellAccuracy, agreement, unanimousCorrect, majorityAccuracy].map(percent).join('  ');
    return `${name.padEnd(16)}${columns}`;
  });
  return [`${''.padEnd(16)}${heads}   %`, ...lines].join('\n');
}

function describeEvaluation({ steps, mutation, flicker }: Evaluation): string {
  const rows: Record<string, Scores> = {};
  for (const [step, scores] of Object.entries(steps)) rows[`step ${step}`] = scores;
  for (const [step, scores] of Object.entries(mutation)) rows[`mutation +${step}`] = scores;
  return `${describeScores(rows)}\nflicker          ${(100 * flicker).toFixed(2)} % of cells a step`;
}

/** Digits that robustness is measured on unless more are asked for: it takes twenty-one conditions. */
const ROBUSTNESS_DIGITS = 200;

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      synthetic: { type: 'boolean' },
      split: { type: 'string', default: 'validation' },
      limit: { type: 'string' },
      seed: { type: 'string', default: '0' },
      backend: { type: 'string', default: 'auto' },
      workers: { type: 'string' },
      robustness: { type: 'boolean' },
      write: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { model: path } = values;
  if (!path) throw new UsageError('Name the model to evaluate with --model FILE; --help tells more.');
  const split = parseChoice(values.split, '--split', SPLITS);
  const backend = parseChoice(values.backend, '--backend', BACKEND_NAMES);
  const seed = parseWhole(values.seed, '--seed');
  if (values.robustness && values.write) throw new UsageError('--robustness and --write contradict each other.');
  const most = values.robustness ? ROBUSTNESS_DIGITS : Infinity;
  const limit = values.limit === undefined ? most : parseWhole(values.limit, '--limit', 1);
  const workers = values.workers === undefined ? null : parseWhole(values.workers, '--workers', 1, 64);
  const model = parseInputFile(path, readModel);
  if (values.write && !path.endsWith('.ktx2'))
    throw new UserError(`--write needs a .ktx2 file, and "${path}" is none.`);

  const digits = await openEvaluationDigits(values, split, limit, (message) => console.error(message));
  const { name } = model.specification;
  const onTerminal = process.stderr.isTTY;
  const progress = (done: number, total: number): void => {
    if (onTerminal) process.stderr.write(done < total ? `\r${done}/${total}` : '\r\x1b[K');
  };
  const team = await ExaminerTeam.start(model, { seed, backend, workers });
  const title = `${name} (${basename(path)}) on ${digits.count} digits, ${digits.name}, seed ${seed}, ${team.backend.name}`;
  try {
    if (values.robustness) {
      const conditions = await measureRobustness(team, digits, seed, progress);
      if (values.json) console.log(JSON.stringify({ model: name, n: digits.count, split, seed, conditions }));
      else console.log(`${title}\n${describeScores(conditions)}`);
      return;
    }
    const evaluation = await evaluateModel(team, digits, seed, progress);
    if (values.write) {
      const accuracy = accuracyRecord(evaluation, digits.name);
      writeFileAtomic(path, encodeModelFile({ ...model, specification: { ...model.specification, accuracy } }));
    }
    if (values.json) console.log(JSON.stringify({ model: name, split, ...evaluation }));
    else console.log(`${title}\n${describeEvaluation(evaluation)}`);
  } finally {
    await team.close();
  }
});
