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
  --write          writes the accuracy into the model file, which must be a .ktx2
  --json           one JSON object
  --help           this text
`;

const KTX2_MAGIC = [0xab, 0x4b, 0x54, 0x58];

function readModel(bytes: Uint8Array): Model {
  const baked = KTX2_MAGIC.every((value, index) => bytes[index] === value);
  return baked ? decodeModelFile(bytes) : modelFromSafetensors(decodeSafetensors(bytes));
}

function describe(evaluation: Evaluation): string {
  const percent = (share: number): string => (100 * share).toFixed(2).padStart(7);
  const row = (name: string, { cellAccuracy, agreement, unanimousCorrect, majorityAccuracy }: Scores): string =>
    `${name.padEnd(14)}${[cellAccuracy, agreement, unanimousCorrect, majorityAccuracy].map(percent).join('  ')}`;
  return [
    `${''.padEnd(14)}${['cells', 'agree', 'unan.', 'major.'].map((word) => word.padStart(7)).join('  ')}   %`,
    ...Object.entries(evaluation.steps).map(([step, scores]) => row(`step ${step}`, scores)),
    ...Object.entries(evaluation.mutation).map(([step, scores]) => row(`mutation +${step}`, scores)),
    `flicker       ${percent(evaluation.flicker)}`,
  ].join('\n');
}

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
  const limit = values.limit === undefined ? Infinity : parseWhole(values.limit, '--limit', 1);
  const workers = values.workers === undefined ? null : parseWhole(values.workers, '--workers', 1, 64);
  const model = parseInputFile(path, readModel);
  if (values.write && !path.endsWith('.ktx2'))
    throw new UserError(`--write needs a .ktx2 file, and "${path}" is none.`);

  const digits = await openEvaluationDigits(values, split, limit, (message) => console.error(message));
  const evaluation = await evaluateModel(model, digits, {
    seed,
    backend,
    workers,
    progress: process.stderr.isTTY ? (done, total) => process.stderr.write(`\r${done}/${total} digits`) : undefined,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (values.write) {
    const accuracy = accuracyRecord(evaluation, digits.name);
    writeFileAtomic(path, encodeModelFile({ ...model, specification: { ...model.specification, accuracy } }));
  }
  const name = model.specification.name;
  if (values.json) {
    console.log(JSON.stringify({ model: name, split, ...evaluation }));
  } else {
    console.log(
      `${name} (${basename(path)}) on ${evaluation.n} digits, ${digits.name}, seed ${seed}, ${evaluation.backend}`,
    );
    console.log(describe(evaluation));
  }
});
