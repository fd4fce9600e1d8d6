/** `npm run unbake`: a model file back into safetensors, bit for bit. */
import { parseCommandLine, runCommand, UsageError, userPath } from '../../engine/command-line/command.ts';
import { parseInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { encodeSafetensors } from '../../engine/common/model/safetensors.ts';
import { parameterCount } from '../../engine/common/model/weights.ts';
import { safetensorsFromModel } from '../bake/imported-model.ts';

const HELP = `Usage: npm run unbake -- FILE.ktx2 --out FILE.safetensors

Takes the weights out of a model file, bit for bit in float32, with the
specification as JSON under "nca" in the metadata. "npm run bake" takes the
result as it is.

  FILE.ktx2               the model file
  --out FILE.safetensors  the file to write; one that is there is replaced
  --help                  this text
`;

await runCommand((args) => {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { out: outGiven } = values;
  const [inputGiven, ...rest] = positionals;
  if (inputGiven === undefined || rest.length > 0) throw new UsageError('Name one model file; --help tells more.');
  if (!outGiven) throw new UsageError('Name the file to write with --out FILE.safetensors.');
  const [input, out] = [userPath(inputGiven), userPath(outGiven)];

  const model = parseInputFile(input, decodeModelFile);
  writeFileAtomic(out, encodeSafetensors(safetensorsFromModel(model)));
  console.log(`Wrote the ${parameterCount(model.specification)} weights of "${model.specification.name}" to ${out}.`);
});
