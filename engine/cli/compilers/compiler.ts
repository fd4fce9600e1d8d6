/** The interface of a GPU compiler. */
import type { StepShader } from './step-shaders.ts';

/** What a compiler reports about all shaders of a step together. */
export interface Verdict {
  /** CPU time for compiling each source text once, in seconds. */
  readonly compileSeconds: number;
  /** The largest number of registers that a shader uses. */
  readonly registers: number;
  /** Registers that are spilled to memory, in all shaders. */
  readonly spills: number;
  /** Arithmetic instructions executed for each cell and step. */
  readonly alu: number;
  /** Texture fetches executed for each cell and step. */
  readonly fetches: number;
}

export interface Compiler {
  /** For tables, such as "AMD raven". */
  readonly name: string;
  /** The GPUs for which to estimate times. */
  readonly chips: readonly Chip[];
  /** Whether it can compile a strategy. */
  accepts(strategy: string): boolean;
  /** @throws Error that says why a shader could not be compiled */
  judge(shaders: readonly StepShader[]): Verdict;
}

/** The speed of a chip, for estimates. */
export interface Chip {
  readonly name: string;
  /** Arithmetic instructions, each for one cell, that it completes in a second. */
  readonly aluPerSecond: number;
  /** Texels of 128 bits that it fetches in a second. */
  readonly fetchesPerSecond: number;
}

/** Cells that fire in a step: 400 digits, half of them each step. */
const FIRING_CELLS = 27_000;

/** The share of the peak that is reached. */
const EFFICIENCY = 0.8;

/**
 * Estimates the milliseconds of a step for 400 digits, from whichever takes longer, arithmetic or fetches. Accurate to
 * a factor of 1.5.
 */
export function estimateMilliseconds({ alu, fetches }: Verdict, { aluPerSecond, fetchesPerSecond }: Chip): number {
  return (1000 * FIRING_CELLS * Math.max(alu / aluPerSecond, fetches / fetchesPerSecond)) / EFFICIENCY;
}

/** Combines the verdicts on several shaders. */
export function sum(verdicts: readonly Verdict[]): Verdict {
  const total = (of: keyof Verdict): number => verdicts.reduce((before, verdict) => before + verdict[of], 0);
  return {
    compileSeconds: total('compileSeconds'),
    registers: Math.max(...verdicts.map(({ registers }) => registers)),
    spills: total('spills'),
    alu: total('alu'),
    fetches: total('fetches'),
  };
}
