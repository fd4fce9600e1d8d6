/** Models of other frameworks, exported as SPECIFICATION.md says, compute here what they computed there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialState, referenceStep } from '../../engine/automaton/reference.ts';
import { decodeModelFile, encodeModelFile, parseSpecificationText } from '../../engine/common/model/file.ts';
import { decodeSafetensors, float32Of } from '../../engine/common/model/safetensors.ts';
import { modelFromSafetensors } from '../bake/imported-model.ts';
import { hasPackages, runPython } from './find-python.ts';

/** The largest difference of a state, as a share of its largest value: sums of float32 in another order. */
const TOLERANCE = 1e-5;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-export-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without these packages the test is skipped, and counted as skipped. */
const FRAMEWORKS: Record<string, string[]> = {
  jax: ['jax', 'flax', 'cax'],
  torch: ['torch'],
  keras: ['keras', 'jax'],
};

describe('a model of another framework', () => {
  for (const [framework, packages] of Object.entries(FRAMEWORKS)) {
    it.skipIf(!hasPackages('numpy', 'safetensors', ...packages))(
      `computes here what it did there: ${framework}`,
      () => {
        const trial = runPython(join(import.meta.dirname, 'trial.py'), framework, folder);
        expect(trial.status, trial.stderr).toBe(0);
        const read = (name: string): Uint8Array => readFileSync(join(folder, name));

        const specification = parseSpecificationText(new TextDecoder().decode(read('model.json')));
        expect(specification).toMatchObject({ training: null, accuracy: null });
        const exported = modelFromSafetensors(decodeSafetensors(read('model.safetensors')), specification);
        const model = decodeModelFile(encodeModelFile(exported));

        const { tensors } = decodeSafetensors(read('course.safetensors'));
        const [ink, fire, expected] = ['ink', 'fire', 'state'].map((name) => {
          const tensor = tensors.get(name);
          if (!tensor) throw new Error(`The trial wrote no "${name}".`);
          return { shape: tensor.shape, data: float32Of(tensor) };
        });
        const [steps, height, width] = fire.shape;
        let state = initialState(model, width, height, ink.data);
        for (let step = 0; step < steps; step += 1) {
          state = referenceStep(model, state, {
            dropout: specification.step.dropout,
            fires: (cell) => fire.data[step * width * height + cell] > 0,
            noise: () => 0,
          });
        }
        const { channels } = specification;
        const largest = expected.data.reduce(
          (most, value, at) => (at % channels.count === channels.ink ? most : Math.max(most, Math.abs(value))),
          0,
        );
        const difference = expected.data.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - state.data[at])),
          0,
        );
        console.log(`${framework}: ${difference.toExponential(1)} of ${largest.toPrecision(2)} after ${steps} steps`);
        expect(largest).toBeGreaterThan(1);
        expect(difference / largest).toBeLessThan(TOLERANCE);
      },
    );
  }
});
