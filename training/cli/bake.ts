/** `npm run bake`: a checkpoint, or weights trained elsewhere, into a model file. */
import { parseCommandLine, parseInputFile, runCommand, UsageError, writeFileAtomic } from '../../engine/cli/command.ts';
import { encodeModelFile, parseSpecificationText } from '../../engine/common/model/file.ts';
import { decodeSafetensors } from '../../engine/common/model/safetensors.ts';
import { parameterCount } from '../../engine/common/model/weights.ts';
import { modelFromSafetensors } from '../bake/imported-model.ts';

const HELP = `Usage: npm run bake -- INPUT --out FILE.ktx2 [--spec FILE.json]

Bakes a model into one KTX2 file: its weights as a float texture, its
specification as text. The page opens the file, and "npm run evaluate" reads it.

  INPUT            a checkpoint of "npm run train", whose averaged weights are
                   taken, or a safetensors file with the weights of a model
                   trained elsewhere
  --out FILE.ktx2  the file to write; one that is there is replaced
  --spec FILE.json the specification, for weights whose file has none under
                   "nca" in its metadata; it goes before the file's own
  --help           this text
`;

await runCommand((args) => {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, spec: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { out, spec } = values;
  const [input, ...rest] = positionals;
  if (input === undefined || rest.length > 0) throw new UsageError('Name one file to bake; --help tells more.');
  if (!out) throw new UsageError('Name the file to write with --out FILE.ktx2.');

  const specification =
    spec === undefined
      ? undefined
      : parseInputFile(spec, (bytes) => parseSpecificationText(new TextDecoder().decode(bytes)));
  const model = parseInputFile(input, (bytes) => modelFromSafetensors(decodeSafetensors(bytes), specification));
  writeFileAtomic(out, encodeModelFile(model));
  console.log(`Baked "${model.specification.name}", ${parameterCount(model.specification)} weights, into ${out}.`);
});
