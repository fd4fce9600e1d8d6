/** The GPU's arithmetic against the plain reference, for every way to compute a step. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HASH2_VECTORS, HASH3_VECTORS, MIX32_VECTORS } from '../engine/common/random/vectors.ts';
import type { ParityCase } from './harness/harness.ts';
import { expectParity, LAYERED_TOLERANCE, PARITY_CASES, USUAL_CASE } from './harness/parity-cases.ts';
import { expect, test } from './workbench.ts';

test.describe('a step on the GPU is the step of the reference', () => {
  for (const parityCase of PARITY_CASES) {
    const { title, tag = [] } = parityCase;
    test(title, { tag }, async ({ workbench }) => {
      await expectParity((given) => workbench.evaluate((options) => window.engine.compare(options), given), parityCase);
    });
  }
});

test.describe('a shipped model on a handwritten digit computes what the reference does', () => {
  const shipped = readdirSync(join(import.meta.dirname, '..', 'assets')).filter((file) => file.endsWith('.ktx2'));
  for (const file of shipped) {
    test(file, async ({ workbench }) => {
      const given: ParityCase = {
        ...USUAL_CASE,
        specification: basename(file, '.ktx2'),
        shipped: true,
        size: 28,
        steps: 20,
      };
      const parity = await workbench.evaluate((options) => window.engine.compare(options), given);
      expect(parity.decidedCells).toBeGreaterThan(50);
      expect(parity.difference).toBeLessThan(2e-3 * parity.magnitude);
      expect(parity.differentLabels).toBe(0);
    });
  }
});

test.describe('another way to compute the step', () => {
  test('takes the state over in mid-run, exactly while it stays in float32', async ({ workbench }) => {
    const then = ['layered-texture', 'uniform', 'texture'];
    const given: ParityCase = { ...USUAL_CASE, specification: 'odd', strategy: 'texture', steps: 2, then };
    const parity = await workbench.evaluate((options) => window.engine.compare(options), given);
    expect(parity.strategy).toBe('texture');
    expect(parity.difference).toBeLessThan(LAYERED_TOLERANCE * parity.magnitude);
    expect(parity.leaked).toBe(0);
  });

  test('takes the state over into half floats and back', async ({ workbench }) => {
    const then = ['texture-half', 'uniform-half', 'uniform'];
    const given: ParityCase = { ...USUAL_CASE, specification: 'odd', strategy: 'texture', steps: 2, then };
    const parity = await workbench.evaluate((options) => window.engine.compare(options), given);
    expect(parity.strategy).toBe('uniform');
    expect(parity.difference).toBeLessThan(LAYERED_TOLERANCE * parity.magnitude);
    expect(parity.errors).toBe(0);
    expect(parity.leaked).toBe(0);
  });

  for (const [fault, reason] of [
    ['wrong', 'The strategy "uniform" computes wrong numbers on this GPU and is not used.'],
    ['uncompilable', 'A shader does not compile on this GPU:'],
  ] as const) {
    test(`is not taken where its numbers or its shaders are ${fault}`, async ({ workbench }) => {
      const choice = await workbench.evaluate((given) => window.engine.chooseOnFaultyDriver(given), fault);
      expect(choice.strategy).not.toBe('uniform');
      expect(choice.rejected).toHaveLength(1);
      expect(choice.rejected[0]).toContain(reason);
      expect(choice.leaked).toBe(0);
    });
  }
});

test('the shaders hash as the tables say', async ({ workbench }) => {
  const inputs = [
    ...MIX32_VECTORS.map(([a]) => [a, 0, 0] as const),
    ...HASH2_VECTORS.map(([a, b]) => [a, b, 0] as const),
    ...HASH3_VECTORS.map(([a, b, c]) => [a, b, c] as const),
  ];
  const words = await workbench.evaluate(async (given) => Array.from(await window.engine.hashOnGpu(given)), inputs);
  const at = (index: number, word: number) => words[index * 4 + word];
  MIX32_VECTORS.forEach(([, hash], index) => {
    expect(at(index, 0)).toBe(hash);
  });
  HASH2_VECTORS.forEach(([, , hash], index) => {
    expect(at(MIX32_VECTORS.length + index, 1)).toBe(hash);
  });
  HASH3_VECTORS.forEach(([, , , hash], index) => {
    expect(at(MIX32_VECTORS.length + HASH2_VECTORS.length + index, 2)).toBe(hash);
  });
});
