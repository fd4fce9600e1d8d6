/** The Python reader and its steps in NumPy and JAX, against the plain reference, for all shipped models. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import type { Activation } from '../../engine/common/model/activations.ts';
import { DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { decodeModelFile, encodeModelFile } from '../../engine/common/model/file.ts';
import { encodeSafetensors } from '../../engine/common/model/safetensors.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import { DenseReference } from '../automaton/dense-reference.ts';
import { flattenWeights, nameWeights, variablesOf } from '../../engine/learning/rollout/layers.ts';
import { safetensorsFromModel } from '../bake/imported-model.ts';
import { hasPackages, runPython } from './find-python.ts';

/** Models with the activations that the shipped ones do not have. */
const MADE_UP: Readonly<Record<string, Activation>> = { leaky: 'leaky-relu', curved: 'tanh' };
const ASSETS = join(import.meta.dirname, '../../assets');
const SHIPPED = readdirSync(ASSETS)
  .filter((name) => name.endsWith('.ktx2'))
  .map((name) => name.replace('.ktx2', ''));
const NAMES = [...SHIPPED, ...Object.keys(MADE_UP)];

/** A small model with random weights, whose perception and hidden layer have the same activation. */
function madeUpModel(name: string, activation: Activation): Model {
  const specification: ModelSpecification = {
    ...DISTILL_SPECIFICATION,
    name,
    perceive: { kind: 'conv3x3', features: 12, activation },
    update: [
      { kind: 'dense', units: 10, activation },
      { kind: 'dense', units: DISTILL_SPECIFICATION.channels.count - 1, activation: 'none' },
    ],
  };
  const random = new Random(5);
  const { size, offset } = variablesOf(specification).at(-1) ?? { size: 0, offset: 0 };
  const flat = Float32Array.from({ length: offset + size }, () => random.range(-0.3, 0.3));
  return { specification, weights: nameWeights(specification, flat) };
}
const TOLERANCE = 1e-5;
const OPTIONS = { seed: 7, firstStep: 0, steps: 20 };

const isGap = !hasPackages('numpy') && process.env['PYTHON_TESTS'] !== 'required';

describe.skipIf(isGap)('models in Python', () => {
  let folder: string;
  /** The states of the plain reference, [784 · channels] by model. */
  let expected: Map<string, Float64Array>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-python-'));
    const random = new Random(3);
    const digits = NAMES.map((_, slot) => drawDigit(random, (3 * slot + 2) % 10));
    writeFileSync(join(folder, 'pixels'), Buffer.concat(digits));
    for (const [name, activation] of Object.entries(MADE_UP)) {
      writeFileSync(join(folder, `${name}.ktx2`), encodeModelFile(madeUpModel(name, activation)));
    }
    expected = new Map(
      NAMES.map((name, slot) => {
        const { specification, weights } = decodeModelFile(readFileSync(pathOf(name)));
        const reference = new DenseReference(specification, Float64Array.from(flattenWeights(specification, weights)));
        const sample = { pixels: digits[slot], label: 0, state: null };
        return [name, reference.run([sample], { ...OPTIONS, firstSlot: slot })[0]];
      }),
    );
  });
  const pathOf = (name: string): string => join(name in MADE_UP ? folder : ASSETS, `${name}.ktx2`);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The largest difference from the reference by model, of what a library computes from these files. */
  function differencesOf(library: string, paths: readonly string[]): Record<string, number> {
    const { status, stderr } = runPython(join(import.meta.dirname, 'run_steps.py'), library, folder, ...paths);
    expect(status, stderr).toBe(0);
    return Object.fromEntries(
      NAMES.map((name) => {
        const bytes = new Uint8Array(readFileSync(join(folder, `${name}.state`)));
        const state = new Float64Array(bytes.buffer);
        const wanted = expected.get(name) ?? new Float64Array(0);
        expect(state.length).toBe(wanted.length);
        expect(Math.max(...wanted)).toBeGreaterThan(0.5);
        return [name, state.reduce((most, value, at) => Math.max(most, Math.abs(value - wanted[at])), 0)];
      }),
    );
  }

  it('compute in NumPy what the plain reference does', () => {
    const differences = differencesOf('numpy', NAMES.map(pathOf));
    console.log('numpy', differences);
    for (const name of NAMES) expect(differences[name], name).toBeLessThan(TOLERANCE);
  });

  it.skipIf(!hasPackages('jax'))('compute in JAX what the plain reference does', () => {
    const differences = differencesOf('jax', NAMES.map(pathOf));
    console.log('jax', differences);
    for (const name of NAMES) expect(differences[name], name).toBeLessThan(TOLERANCE);
  });

  it('are read from safetensors as well', () => {
    const paths = NAMES.map((name) => {
      const path = join(folder, `${name}.safetensors`);
      const model = decodeModelFile(readFileSync(pathOf(name)));
      writeFileSync(path, encodeSafetensors(safetensorsFromModel(model)));
      return path;
    });
    for (const difference of Object.values(differencesOf('numpy', paths))) expect(difference).toBeLessThan(TOLERANCE);
  });

  it.skipIf(!hasPackages('matplotlib', 'jax'))('are shown by the notebook, which runs from top to bottom', () => {
    const notebook = JSON.parse(readFileSync(join(import.meta.dirname, 'look.ipynb'), 'utf8')) as {
      cells: { cell_type: string; source: string | string[] }[];
    };
    const code = notebook.cells
      .filter((cell) => cell.cell_type === 'code')
      .map(({ source }) => [source].flat().join(''));
    const script = `import matplotlib; matplotlib.use('agg'); import sys; sys.path.insert(0, ${JSON.stringify(import.meta.dirname)})\n${code.join('\n')}`;
    const { status, stdout, stderr } = runPython('-c', script);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/\{'7': \d+\}/);
    expect(Number(/after 80 steps: (\S+)/.exec(stdout)?.[1])).toBeLessThan(1e-4);
  });
});
