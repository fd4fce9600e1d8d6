import { featureCount, type ModelSpecification } from '../../common/model/specification.ts';
import { vectorsFor } from '../packed-network.ts';

/**
 * The ways to compute a step: a program, and the format of the state. A fused program is a single pass, named after the
 * place of its weights: a texture, one uniform block, several of them, or the shader's own text. A layered program has
 * one or more passes for each layer. Its weights are constants (the number in its name is how many textures it draws at
 * the same time), in a texture, or in uniform blocks, over which it loops unless it is unrolled. A paired program
 * computes two slots in a fragment, for weights that change on a software GPU. The programs are sorted by compile time,
 * quickest first.
 */
export const PROGRAMS = [
  'texture',
  'paired',
  'layered-texture',
  'uniform',
  'blocks',
  'layered-blocks',
  'layered-unrolled',
  'layered-2',
  'layered-4',
  'layered-8',
  'constants',
] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** The programs that a real GPU may run: `paired`, which rounds the weights, only makes up for what software lacks. */
export const GPU_PROGRAMS: readonly ProgramName[] = PROGRAMS.filter((name) => name !== 'paired');

/** The suffix of strategies that keep the state in half floats on a GPU that supports float32. */
const HALF = '-half';

export const STRATEGIES: readonly string[] = [...PROGRAMS, ...PROGRAMS.map((name) => name + HALF)];

export interface Strategy {
  readonly program: ProgramName;
  readonly half: boolean;
}

/** Parses the name of a strategy. Returns null if there is none of that name. */
export function parseStrategy(name: string): Strategy | null {
  const half = name.endsWith(HALF);
  const program = PROGRAMS.find((candidate) => name === candidate + (half ? HALF : ''));
  return program === undefined ? null : { program, half };
}

/** The name of the strategy with this program and this format of the state. */
export function strategyName(program: string, half: boolean): string {
  return half ? program + HALF : program;
}

/**
 * The number of textures that a layered program draws at the same time; 1 for a fused program, which works with any
 * number.
 */
export function targetsOf(program: ProgramName): number {
  switch (program) {
    case 'layered-2':
      return 2;
    case 'layered-4':
    case 'layered-texture':
    case 'layered-blocks':
    case 'layered-unrolled':
      return 4;
    case 'layered-8':
      return 8;
    default:
      return 1;
  }
}

/** Whether all weights are in the text of the shaders. */
function hasWeightsInText(program: ProgramName): boolean {
  return program === 'constants' || program === 'layered-2' || program === 'layered-4' || program === 'layered-8';
}

/** Whether compilers take seconds for the text of the shaders, which has a line for each multiplication or so. */
export function isSlowToCompile(program: ProgramName): boolean {
  return program === 'layered-unrolled' || hasWeightsInText(program);
}

/** Features that a single pass keeps in registers without spilling on the GPUs of `npm run compilers`. */
const MOST_KEPT_FEATURES = 128;

/** GPUs, most of them of phones, whose compilers take seconds for `blocks`. Mali's spills registers in it as well. */
const PHONE_GPU = /\b(adreno|immortalis|mali)\b/i;

/**
 * The program to start with on a real GPU: it compiles quickly and spills no registers, and except on phones it is fast,
 * see `npm run compilers`. The features of a full convolution, or of many channels, are too many for the single pass of
 * `blocks`.
 *
 * @param renderer the GPU's name, as the browser reports it, if it is known
 */
export function quickProgram(specification: ModelSpecification, renderer = ''): ProgramName {
  if (PHONE_GPU.test(renderer)) return 'layered-blocks';
  const isLarge = specification.perceive.kind === 'conv3x3' || featureCount(specification) > MOST_KEPT_FEATURES;
  return isLarge ? 'layered-blocks' : 'blocks';
}

/** GPUs whose compilers take up to a minute for weights in the text of a shader, and spill thousands of registers. */
const WITHOUT_CONSTANTS = /\bintel\b/i;

/**
 * Before version 23.2, Mesa's compiler for Intel fetched weights one by one in a loop, which takes ten times as long. The
 * name does not tell the version. Firefox hides that it is Mesa.
 */
const SLOW_IN_LOOPS = /\bmesa\b.*\bintel\b|\bintel\b.*\bmesa\b/i;

/**
 * The programs in the order in which they are worth trying on a GPU, by what its vendor's compiler makes of them.
 *
 * @param renderer the GPU's name, as the browser reports it
 * @param tiles whether the GPU draws tile by tile
 */
export function orderFor(renderer: string, tiles: boolean, programs: readonly ProgramName[]): readonly ProgramName[] {
  // Elsewhere a loop is as fast.
  const offered = programs.filter((name) => name !== 'layered-unrolled' || SLOW_IN_LOOPS.test(renderer));
  if (WITHOUT_CONSTANTS.test(renderer)) return offered.filter((name) => !hasWeightsInText(name));
  // Mali takes four times as many cycles to load weights from a block as it takes with constants. With eight textures a
  // pass it spills where it perceives, with four it does not.
  const first: readonly ProgramName[] = tiles
    ? offered.filter((name) => name === 'layered-4' || name === 'layered-8')
    : [];
  return [...first, ...offered.filter((name) => !first.includes(name))];
}

/** The filters of a channel that `paired` keeps in a vector. */
const MOST_PAIRED_FILTERS = 4;

/** Whether a model has the shape that `paired` computes, and its update fits into one pass. */
export function canPair({ perceive, update, channels }: ModelSpecification, drawBuffers: number): boolean {
  const hasFewFilters = perceive.kind === 'depthwise3x3' && perceive.filters <= MOST_PAIRED_FILTERS;
  return hasFewFilters && update.length === 2 && vectorsFor(channels.count) <= drawBuffers;
}
