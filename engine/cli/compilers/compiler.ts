/** A GPU's compiler, as far as the command asks it. */
import type { StepShader } from './step-shaders.ts';

/** What a compiler says of all shaders of a step together. */
export interface Verdict {
  /** The processor's time for compiling each text once, in seconds. */
  readonly compileSeconds: number;
  /** The most registers that a shader takes. */
  readonly registers: number;
  /** Registers kept in memory for want of room, in all shaders. */
  readonly spills: number;
  /** Instructions of a cell and step as they run: arithmetic, and fetches from textures. */
  readonly alu: number;
  readonly fetches: number;
}

export interface Compiler {
  /** For tables, such as "AMD raven". */
  readonly name: string;
  /** The GPUs that a time is estimated for. */
  readonly chips: readonly Chip[];
  /** Whether it can be asked about a strategy. */
  accepts(strategy: string): boolean;
  /** @throws Error that says why a shader could not be compiled */
  judge(shaders: readonly StepShader[]): Verdict;
}

/** How fast a chip works, for estimates. */
export interface Chip {
  readonly name: string;
  /** Arithmetic instructions of one cell that it ends in a second. */
  readonly aluPerSecond: number;
  /** Texels of 128 bits that it fetches in a second. */
  readonly fetchesPerSecond: number;
}

/** Cells that fire in a step: 400 digits, half of them each step. */
const FIRING_CELLS = 27_000;

/** What is reached of the peak. */
const EFFICIENCY = 0.8;

/** Milliseconds of a step for 400 digits: whichever takes longer, arithmetic or fetches. Good to a factor of 1.5. */
export function estimateMilliseconds({ alu, fetches }: Verdict, { aluPerSecond, fetchesPerSecond }: Chip): number {
  return (1000 * FIRING_CELLS * Math.max(alu / aluPerSecond, fetches / fetchesPerSecond)) / EFFICIENCY;
}

/** Of several shaders, the verdict on all of them together. */
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
