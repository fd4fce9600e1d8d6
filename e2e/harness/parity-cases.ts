/** Every way to compute a step, and what each has to come to. */
import { expect } from '@playwright/test';
import { PROGRAMS } from '../../engine/automaton/programs/strategies.ts';
import type { Parity, ParityCase } from './harness.ts';

/** Largest difference allowed, as a share of the largest state value: float32 sums in another order. */
const FLOAT_TOLERANCE = 1e-5;
/** The same where what is between two layers is kept in half floats. */
export const LAYERED_TOLERANCE = 1e-3;
/** The same with weights of 12 bits, and updates in half floats. */
const PAIRED_TOLERANCE = 5e-3;
/** The same with the state in half floats, which round every step. */
const HALF_TOLERANCE = 2e-2;

const CELL = 'cell' as const;

/** What a case says nothing of. */
export const USUAL_CASE: ParityCase = {
  specification: 'accurate',
  strategy: 'auto',
  firing: 'block',
  dropout: 0,
  steps: 6,
  size: 20,
};

/** Of cases whose shader is so large that some drivers compile it for minutes. */
const LARGE_SHADER = '@large-shader';

export interface TitledCase extends Partial<ParityCase> {
  readonly title: string;
  readonly tag?: string;
  /** As a share of the largest state value. */
  readonly tolerance?: number;
}

/** It reads rounded weights, and only the filters of each channel, before one hidden layer. */
const PAIRED_CASES: readonly TitledCase[] = [
  { title: 'paired, depthwise', specification: 'tiny', strategy: 'paired', tolerance: PAIRED_TOLERANCE },
  {
    title: 'paired, each cell draws',
    specification: 'accurate',
    strategy: 'paired',
    tolerance: PAIRED_TOLERANCE,
    dropout: 0.5,
    firing: CELL,
  },
  {
    title: 'paired, blocks',
    specification: 'tiny',
    strategy: 'paired',
    tolerance: PAIRED_TOLERANCE,
    dropout: 0.5,
    size: 200,
    steps: 3,
  },
];

export const PARITY_CASES: readonly TitledCase[] = [
  { title: 'accurate, all cells fire', specification: 'accurate' },
  {
    title: 'accurate, each cell draws',
    tag: LARGE_SHADER,
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
    if (strategy === 'paired') return PAIRED_CASES;
    return [
      { title: `${strategy}, depthwise`, specification: 'tiny', strategy, tolerance },
      { title: `${strategy}, full convolution`, specification: 'narrow', strategy, tolerance },
      { title: `${strategy}, odd sizes`, specification: 'odd', strategy, tolerance, dropout: 0.5, firing: CELL },
      { title: `${strategy}, tanh and leaky ReLU`, specification: 'curved', strategy, tolerance },
      { title: `${strategy}, full convolution, leaky ReLU`, specification: 'leaky', strategy, tolerance },
    ];
  }),
  ...['layered-texture', 'layered-blocks', 'layered-unrolled', 'layered-4'].flatMap((strategy) => {
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
  { title: '48 classes in 13 textures', specification: 'alphabet', strategy: 'texture' },
  { title: '48 classes, weights in blocks', specification: 'alphabet', strategy: 'blocks' },
  { title: 'one draw buffer', specification: 'tiny', limits: { drawBuffers: 1 } },
  { title: 'blocks, two draw buffers', specification: 'odd', strategy: 'blocks', limits: { drawBuffers: 2 } },
  { title: 'half floats', specification: 'tiny', limits: { floatTargets: false }, tolerance: HALF_TOLERANCE },
  {
    title: 'no timers, no parallel compiler',
    specification: 'tiny',
    limits: { timerQueries: false, parallelCompile: false },
  },
];

/** Compares with the reference in a page that holds the engine, and fails where it differs. */
export async function expectParity(
  compare: (given: ParityCase) => Promise<Parity>,
  { title: _, tag: __, tolerance = FLOAT_TOLERANCE, ...options }: TitledCase,
): Promise<void> {
  const parity = await compare({ ...USUAL_CASE, ...options });
  if (options.strategy !== undefined) expect(parity.strategy).toBe(options.strategy);
  expect(parity.decidedCells).toBeGreaterThan(20);
  expect(parity.magnitude).toBeGreaterThan(0.5);
  expect(parity.difference).toBeLessThan(tolerance * parity.magnitude);
  if (tolerance === FLOAT_TOLERANCE) expect(parity.differentLabels).toBe(0);
  expect(parity.errors).toBe(0);
  expect(parity.leaked).toBe(0);
}
