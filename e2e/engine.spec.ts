/** The GPU's arithmetic against the plain reference, for every way to compute a step. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HASH2_VECTORS, HASH3_VECTORS, MIX32_VECTORS } from '../engine/common/random/vectors.ts';
import { PROGRAMS } from '../engine/automaton/programs/strategies.ts';
import type { ParityCase } from './harness/harness.ts';
import { expect, test } from './workbench.ts';

/** Largest difference allowed, as a share of the largest state value: float32 sums in another order. */
const FLOAT_TOLERANCE = 1e-5;
/** The same where what is between two layers is kept in half floats. */
const LAYERED_TOLERANCE = 1e-3;
/** The same with the state in half floats, which round every step. */
const HALF_TOLERANCE = 2e-2;

const CELL = 'cell' as const;

const base: ParityCase = {
  specification: 'accurate',
  strategy: 'auto',
  firing: 'block',
  dropout: 0,
  steps: 6,
  size: 20,
};

const cases: (Partial<ParityCase> & { title: string; tolerance?: number; expected?: string })[] = [
  { title: 'accurate, all cells fire', specification: 'accurate' },
  {
    title: 'accurate, each cell draws',
    specification: 'accurate',
    strategy: 'constants',
    dropout: 0.5,
    firing: CELL,
  },
  { title: 'cax with its halo', specification: 'cax', dropout: 0.5, firing: 'cell' },
  { title: 'distill with its noise', specification: 'distill', dropout: 0.25, firing: 'cell' },
  { title: 'tiny, whose channels fill no whole textures', specification: 'tiny', dropout: 0.75, firing: 'cell' },
  { title: 'three layers of odd sizes', specification: 'odd', dropout: 0.5, firing: 'cell' },
  ...PROGRAMS.flatMap((strategy) => {
    const tolerance = strategy.startsWith('layered') ? LAYERED_TOLERANCE : FLOAT_TOLERANCE;
    return [
      { title: `${strategy}, depthwise`, specification: 'tiny', strategy, tolerance },
      { title: `${strategy}, full convolution`, specification: 'narrow', strategy, tolerance },
      { title: `${strategy}, odd sizes`, specification: 'odd', strategy, tolerance, dropout: 0.5, firing: CELL },
    ];
  }),
  ...['layered-texture', 'layered-blocks', 'layered-4'].flatMap((strategy) => {
    const layered = { strategy, tolerance: LAYERED_TOLERANCE };
    const blocks = { dropout: 0.5, size: 200, steps: 3 };
    return [
      { title: `${strategy}, blocks`, specification: 'tiny', ...layered, ...blocks },
      { title: `${strategy}, one draw buffer`, specification: 'odd', ...layered, limits: { drawBuffers: 1 } },
    ];
  }),
  {
    title: 'layered-8, four draw buffers',
    specification: 'narrow',
    strategy: 'layered-8',
    tolerance: LAYERED_TOLERANCE,
    limits: { drawBuffers: 4 },
  },
  {
    title: 'half floats by choice, each cell draws',
    specification: 'narrow',
    strategy: 'constants-half',
    tolerance: HALF_TOLERANCE,
    dropout: 0.5,
    firing: CELL,
  },
  {
    title: 'half floats by choice, layered',
    specification: 'odd',
    strategy: 'layered-texture-half',
    tolerance: HALF_TOLERANCE,
  },
  // Three steps before 32 bits are used up, and three after.
  {
    title: 'the step counter beyond 32 bits, each cell draws',
    specification: 'odd',
    dropout: 0.5,
    firing: CELL,
    firstStep: 2 ** 32 - 3,
  },
  {
    title: 'the step counter beyond 32 bits, blocks',
    specification: 'tiny',
    dropout: 0.5,
    size: 130,
    steps: 6,
    firstStep: 2 ** 32 - 3,
  },
  { title: 'blocks that fire as a whole', specification: 'tiny', dropout: 0.5, firing: 'block', size: 200, steps: 3 },
  {
    title: 'four draw buffers for five textures',
    specification: 'distill',
    strategy: 'texture',
    limits: { drawBuffers: 4 },
  },
  { title: 'one draw buffer', specification: 'tiny', limits: { drawBuffers: 1 } },
  { title: 'blocks, two draw buffers', specification: 'odd', strategy: 'blocks', limits: { drawBuffers: 2 } },
  { title: 'half floats', specification: 'tiny', limits: { floatTargets: false }, tolerance: HALF_TOLERANCE },
  {
    title: 'no timers, no parallel compiler',
    specification: 'tiny',
    limits: { timerQueries: false, parallelCompile: false },
  },
];

test.describe('a step on the GPU is the step of the reference', () => {
  for (const { title, tolerance = FLOAT_TOLERANCE, ...options } of cases) {
    test(title, async ({ workbench }) => {
      const parity = await workbench.evaluate((given) => window.engine.compare(given), { ...base, ...options });
      if (options.strategy !== undefined) expect(parity.strategy).toBe(options.strategy);
      expect(parity.decidedCells).toBeGreaterThan(20);
      expect(parity.magnitude).toBeGreaterThan(0.5);
      expect(parity.difference).toBeLessThan(tolerance * parity.magnitude);
      if (tolerance === FLOAT_TOLERANCE) expect(parity.differentLabels).toBe(0);
      expect(parity.errors).toBe(0);
      expect(parity.leaked).toBe(0);
    });
  }
});

test.describe('a shipped model on a handwritten digit computes what the reference does', () => {
  const shipped = readdirSync(join(import.meta.dirname, '..', 'assets')).filter((file) => file.endsWith('.ktx2'));
  for (const file of shipped) {
    test(file, async ({ workbench }) => {
      const given: ParityCase = { ...base, specification: basename(file, '.ktx2'), shipped: true, size: 28, steps: 20 };
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
    const given: ParityCase = { ...base, specification: 'odd', strategy: 'texture', steps: 2, then };
    const parity = await workbench.evaluate((options) => window.engine.compare(options), given);
    expect(parity.strategy).toBe('texture');
    expect(parity.difference).toBeLessThan(LAYERED_TOLERANCE * parity.magnitude);
    expect(parity.leaked).toBe(0);
  });

  test('takes the state over into half floats and back', async ({ workbench }) => {
    const then = ['texture-half', 'uniform-half', 'uniform'];
    const given: ParityCase = { ...base, specification: 'odd', strategy: 'texture', steps: 2, then };
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
