import type { ModelSpecification } from '../../common/model/specification.ts';

/**
 * The ways to compute a step: a program, and the format of the state. A fused
 * program is one pass and named by where its weights stand: a texture, one
 * uniform block, several of them, or the shader's own text. A layered one has a
 * pass or more for each layer, its weights as constants and so many textures
 * drawn at once, or its weights in a texture or in uniform blocks. The quickest to compile first.
 */
export const PROGRAMS = [
  'texture',
  'layered-texture',
  'uniform',
  'blocks',
  'layered-blocks',
  'layered-2',
  'layered-4',
  'layered-8',
  'constants',
] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** Ends the name of a strategy that keeps the state in half floats where the GPU would take float32. */
const HALF = '-half';

export const STRATEGIES: readonly string[] = [...PROGRAMS, ...PROGRAMS.map((name) => name + HALF)];

export interface Strategy {
  readonly program: ProgramName;
  readonly half: boolean;
}

/** What a strategy's name says, or null if there is none of that name. */
export function parseStrategy(name: string): Strategy | null {
  const half = name.endsWith(HALF);
  const program = PROGRAMS.find((candidate) => name === candidate + (half ? HALF : ''));
  return program === undefined ? null : { program, half };
}

/** The name of a program with the state in a format. */
export function strategyName(program: string, half: boolean): string {
  return half ? program + HALF : program;
}

/** Textures that a layered program wants to draw at once; 1 for a fused one, which gets by with any number. */
export function targetsOf(program: ProgramName): number {
  switch (program) {
    case 'layered-2':
      return 2;
    case 'layered-4':
    case 'layered-texture':
    case 'layered-blocks':
      return 4;
    case 'layered-8':
      return 8;
    default:
      return 1;
  }
}

/** Whether all weights stand in its shaders: these take long to compile. */
export function hasWeightsInText(program: ProgramName): boolean {
  return program === 'constants' || program === 'layered-2' || program === 'layered-4' || program === 'layered-8';
}

/**
 * The program that compiles in a moment on every real GPU and is fast there, without a register spilled: see
 * `npm run compilers`. The features of a full convolution are too many for the one pass of `blocks`.
 */
export function quickProgram({ perceive }: ModelSpecification): ProgramName {
  return perceive.kind === 'conv3x3' ? 'layered-blocks' : 'blocks';
}
