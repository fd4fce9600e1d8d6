import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { decodeModelFile, encodeModelFile } from '../../engine/common/model/file.ts';
import { decodeSafetensors, encodeSafetensors } from '../../engine/common/model/safetensors.ts';
import { type Model, sizeOf, weightShapes } from '../../engine/common/model/weights.ts';
import { safetensorsFromModel } from '../bake/imported-model.ts';

let folder: string;
const at = (name: string) => join(folder, name);

/** Weights with every digit used, −0 and a denormal among them. */
function tinyModel(): Model {
  let count = 0;
  const weights = [...weightShapes(TINY_SPECIFICATION)].map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => Math.sin(++count));
    data.set([-0, 1e-42]);
    return [name, { shape, data }] as const;
  });
  return { specification: TINY_SPECIFICATION, weights: new Map(weights) };
}

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

function run(command: 'bake' | 'unbake', ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const program = [import.meta.resolve('tsx'), join(import.meta.dirname, `${command}.ts`)];
    execFile(process.execPath, ['--import', ...program, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bake-'));
  const model = tinyModel();
  writeFileSync(at('model.ktx2'), encodeModelFile(model));
  writeFileSync(at('torn.ktx2'), encodeModelFile(model).slice(0, -5));
  const file = safetensorsFromModel(model);
  writeFileSync(at('bare.safetensors'), encodeSafetensors({ ...file, metadata: {} }));
  writeFileSync(at('specification.json'), JSON.stringify(TINY_SPECIFICATION));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a model file survives unbake and bake, byte for byte', async () => {
  const unbaked = await run('unbake', at('model.ktx2'), '--out', at('weights.safetensors'));
  expect(unbaked).toEqual({ code: 0, stdout: expect.stringContaining('4997 weights of "tiny"'), stderr: '' });
  const { tensors, metadata } = decodeSafetensors(readFileSync(at('weights.safetensors')));
  expect(JSON.parse(metadata['nca'])).toEqual(TINY_SPECIFICATION);
  expect(tensors.get('update.0.kernel')?.shape).toEqual([56, 64]);

  const baked = await run('bake', at('weights.safetensors'), '--out', at('again.ktx2'));
  expect(baked.code).toBe(0);
  expect(readFileSync(at('again.ktx2')).equals(readFileSync(at('model.ktx2')))).toBe(true);
});

test('weights trained elsewhere take their specification from --spec', async () => {
  const bare = await run('bake', at('bare.safetensors'), '--out', at('bare.ktx2'));
  expect(bare).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/--spec model\.json --out model\.ktx2" takes it\.\n$/),
  });

  const baked = await run('bake', at('bare.safetensors'), '--spec', at('specification.json'), '--out', at('bare.ktx2'));
  expect(baked.code).toBe(0);
  expect(readFileSync(at('bare.ktx2')).equals(readFileSync(at('model.ktx2')))).toBe(true);
});

test('a model trained elsewhere needs no record of training or accuracy, and a refused field comes with a line that works', async () => {
  const { training: _, accuracy: __, ...bare } = TINY_SPECIFICATION;
  writeFileSync(at('elsewhere.json'), JSON.stringify(bare));
  const baked = await run(
    'bake',
    at('bare.safetensors'),
    '--spec',
    at('elsewhere.json'),
    '--out',
    at('elsewhere.ktx2'),
  );
  expect(baked.code).toBe(0);
  expect(readFileSync(at('elsewhere.ktx2')).equals(readFileSync(at('model.ktx2')))).toBe(true);

  const { life: ___, ...lifeless } = bare;
  writeFileSync(at('lifeless.json'), JSON.stringify(lifeless));
  const refused = await run('bake', at('bare.safetensors'), '--spec', at('lifeless.json'), '--out', at('none.ktx2'));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /^\S+lifeless\.json: [^\n]+fault in life: it is missing\. "life" is which cells live[^\n]+This works: "life": \{[^\n]+\}\n$/,
  );
});

test('a torn model file leaves what was there untouched', async () => {
  writeFileSync(at('kept.safetensors'), 'kept');
  const torn = await run('unbake', at('torn.ktx2'), '--out', at('kept.safetensors'));
  expect(torn.code).toBe(1);
  expect(torn.stderr).toMatch(/^\S+torn\.ktx2: The KTX2 file is truncated: [^\n]+\n$/);
  expect(readFileSync(at('kept.safetensors'), 'utf8')).toBe('kept');
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test.each<[what: string, args: string[], code: number, message: RegExp]>([
  ['no input', ['--out', 'x.ktx2'], 2, /^Name one file to bake; --help tells more\.\n$/],
  ['no output', ['x.safetensors'], 2, /^Name the file to write with --out FILE\.ktx2\.\n$/],
  ['an unknown option', ['x', '--size', '3'], 2, /^Unknown option '--size'; --help lists the options\.\n$/],
  [
    'a value that begins with a dash',
    ['x', '--undecided-below', '-0.1'],
    2,
    /^Option '--undecided-below' lacks its value\. [^\n]+ written --undecided-below=-1; --help lists the options\.\n$/,
  ],
  ['a missing input', ['none.safetensors', '--out', 'x.ktx2'], 1, /^There is no file "none\.safetensors"\.\n$/],
])('bake says in one line what is wrong with %s', async (_, args, code, message) => {
  expect(await run('bake', ...args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(message) });
});

test('bake refuses an output in a missing folder', async () => {
  const out = at('missing/model.ktx2');
  const outcome = await run('bake', at('bare.safetensors'), '--spec', at('specification.json'), '--out', out);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(/^The folder "\S+missing" does not exist\.\n$/);
});

test('--help tells what the command does', async () => {
  expect((await run('unbake', '--help')).stdout).toMatch(
    /^Usage: npm run unbake -- FILE\.ktx2 --out FILE\.safetensors/,
  );
});

test('a model file read back is the model that was written', () => {
  expect(decodeModelFile(readFileSync(at('model.ktx2')))).toEqual(tinyModel());
});

test('the threshold of undecided cells can be set, and must be a number', async () => {
  const [input, out] = [at('model-thresholds.safetensors'), at('thresholds.ktx2')];
  writeFileSync(input, encodeSafetensors(safetensorsFromModel(tinyModel())));
  const baked = await run('bake', input, '--undecided-below', '0.25', '--out', out);
  expect(baked).toMatchObject({ code: 0, stderr: '' });
  const { specification } = decodeModelFile(readFileSync(out));
  expect(specification).toEqual({
    ...TINY_SPECIFICATION,
    classification: { ...TINY_SPECIFICATION.classification, undecidedBelow: 0.25 },
  });
  const refused = await run('bake', input, '--undecided-below', 'low', '--out', at('never.ktx2'));
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/^--undecided-below .*low/);
  expect(readdirSync(folder)).not.toContain('never.ktx2');
});

test('the credit for the data is kept with the training run, and needs one', async () => {
  const model = tinyModel();
  const training = { preset: 'tiny', steps: 3, seed: 1, data: 'pen strokes', dataDigest: null, commit: null };
  const trained = { ...model, specification: { ...model.specification, training } };
  const [input, out] = [at('trained.safetensors'), at('credited.ktx2')];
  writeFileSync(input, encodeSafetensors(safetensorsFromModel(trained)));
  expect((await run('bake', input, '--credit', '© Anna, CC BY 4.0', '--out', out)).code).toBe(0);
  const { specification } = decodeModelFile(readFileSync(out));
  expect(specification.training).toEqual({ ...training, credit: '© Anna, CC BY 4.0' });
  for (const [file, credit, message] of [
    [input, ' ', /--credit takes a text of 1 to/],
    [at('bare-trained.safetensors'), 'Anna', /--credit needs a model that says how it was trained/],
  ] as const) {
    writeFileSync(at('bare-trained.safetensors'), encodeSafetensors(safetensorsFromModel(model)));
    const refused = await run('bake', file, '--credit', credit, '--out', at('uncredited.ktx2'));
    expect(refused.stderr).toMatch(message);
    expect(readdirSync(folder)).not.toContain('uncredited.ktx2');
  }
});
