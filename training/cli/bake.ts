/** `npm run bake`: a checkpoint, or weights trained elsewhere, into a model file. */
import { parseNumber } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError, userPath } from '../../engine/command-line/command.ts';
import { parseInputFile, readInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { encodeModelFile, parseSpecificationText } from '../../engine/common/model/file.ts';
import { GRID_LEVELS, roundToGrid, type GridLevels } from '../../engine/common/model/grid.ts';
import { decodeSafetensors } from '../../engine/common/model/safetensors.ts';
import { LIMITS, type ModelSpecification } from '../../engine/common/model/specification.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import { parameterCount, type Model } from '../../engine/common/model/weights.ts';
import { modelFromSafetensors } from '../bake/imported-model.ts';
import { explainRefusal } from '../bake/specification-guide.ts';

const HELP = `Usage: npm run bake -- INPUT --out FILE.ktx2 [options]

Bakes a model into one KTX2 file: its weights as a float texture, its
specification as text. The page opens the file, and "npm run evaluate" reads it.

  INPUT            a checkpoint of "npm run train", whose averaged weights are
                   taken, or a safetensors file with the weights of a model
                   trained elsewhere
  --out FILE.ktx2  the file to write; one that is there is replaced
  --spec FILE.json the specification, for weights whose file has none under
                   "nca" in its metadata; it goes before the file's own.
                   training/SPECIFICATION.md describes it
  --levels N       rounds each kernel to N levels on either side of zero (${GRID_LEVELS.join(', ')}):
                   about twice as fast where the GPU is software. Too few cost
                   accuracy, so measure again; without it the weights are kept bit
                   for bit
  --undecided-below LOGIT
                   a cell whose logits are all below this says nothing; without it,
                   the specification's own value counts. A higher value leaves more
                   other ink undecided, and more digits too: measure both with
                   "npm run evaluate -- --strokes"
  --credit TEXT    who is credited for the data of the last training run, where its
                   licence asks for it; kept in the file, and printed on the card
  --help           this text
`;

/** Logits of a trained model stay near 0 and 1. */
const LARGEST_LOGIT = 100;

function parseLevels(text: string | undefined): GridLevels | null {
  if (text === undefined) return null;
  const levels = GRID_LEVELS.find((known) => String(known) === text);
  if (levels === undefined) throw new UsageError(`--levels is one of ${GRID_LEVELS.join(', ')}, not "${text}".`);
  return levels;
}

/**
 * A specification that a person wrote.
 * @throws UserError that says how it is put right
 */
function readSpecification(path: string): ModelSpecification {
  const text = new TextDecoder().decode(readInputFile(path));
  try {
    return parseSpecificationText(text);
  } catch (error) {
    throw error instanceof ModelError ? new UserError(`${path}: ${explainRefusal(error)}`) : error;
  }
}

/** @throws UsageError if the text cannot be kept, or if there is no training run to keep it with */
function withCredit({ specification, weights }: Model, credit: string): Model {
  const { training } = specification;
  if (!training) throw new UsageError('--credit needs a model that says how it was trained, as those of "train" do.');
  if (credit.trim() === '' || credit.length > LIMITS.textLength) {
    throw new UsageError(`--credit takes a text of 1 to ${LIMITS.textLength} characters.`);
  }
  return { weights, specification: { ...specification, training: { ...training, credit } } };
}

function withThreshold({ specification, weights }: Model, undecidedBelow: number): Model {
  const classification = { ...specification.classification, undecidedBelow };
  return { weights, specification: { ...specification, classification } };
}

await runCommand((args) => {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      spec: { type: 'string' },
      levels: { type: 'string' },
      'undecided-below': { type: 'string' },
      credit: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const levels = parseLevels(values.levels);
  const threshold = values['undecided-below'];
  const undecidedBelow =
    threshold === undefined ? null : parseNumber(threshold, '--undecided-below', -LARGEST_LOGIT, LARGEST_LOGIT);
  const { out: outGiven, spec } = values;
  const [inputGiven, ...rest] = positionals;
  if (inputGiven === undefined || rest.length > 0) throw new UsageError('Name one file to bake; --help tells more.');
  if (!outGiven) throw new UsageError('Name the file to write with --out FILE.ktx2.');
  const [input, out] = [userPath(inputGiven), userPath(outGiven)];

  const specification = spec === undefined ? undefined : readSpecification(userPath(spec));
  const exact = parseInputFile(input, (bytes) => modelFromSafetensors(decodeSafetensors(bytes), specification));
  const rounded = levels === null ? exact : roundToGrid(exact, levels);
  const decided = undecidedBelow === null ? rounded : withThreshold(rounded, undecidedBelow);
  const model = values.credit === undefined ? decided : withCredit(decided, values.credit);
  writeFileAtomic(out, encodeModelFile(model));
  console.log(`Baked "${model.specification.name}", ${parameterCount(model.specification)} weights, into ${out}.`);
});
