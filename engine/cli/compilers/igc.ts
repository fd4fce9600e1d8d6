/**
 * Intel's graphics compiler, which the Windows driver uses as well, by way of OpenCL: it takes no GLSL by itself, so the
 * network of a step is handed to it as kernels.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chip, type Compiler, sum, type Verdict } from './compiler.ts';
import { isTranslated, toOpenCl } from './opencl-text.ts';
import type { StepShader } from './step-shaders.ts';
import { isInstalled, runTool } from './tools.ts';

const PATIENCE_SECONDS = 120;
const OPTIONS = '-cl-fast-relaxed-math';

/** The disassembler's library, which ocloc wants by a name that Debian's package does not give it. */
const LIBRARY_FOLDER = '/usr/lib/x86_64-linux-gnu';
const LIBRARY = 'libiga64.so';

/** An execution unit ends an instruction of eight cells in a clock. */
function chip(name: string, units: number, gigahertz: number, samplers: number): Chip {
  return { name, aluPerSecond: 8 * units * gigahertz * 1e9, fetchesPerSecond: samplers * gigahertz * 1e9 };
}

const DEVICES: Readonly<Record<string, readonly Chip[]>> = {
  skl: [chip('UHD 620', 24, 1.0, 3)],
  tgllp: [chip('Iris Xe', 96, 1.25, 12)],
};

/** The packages of Debian that it needs and that are not there. */
export function missingForIgc(): string[] {
  const hasLibrary = existsSync(LIBRARY_FOLDER) && readdirSync(LIBRARY_FOLDER).some((name) => name.startsWith(LIBRARY));
  return isInstalled('ocloc') && hasLibrary ? [] : ['intel-opencl-icd', 'libigc-tools'];
}

/** @param folder for what lies between two tools */
export function igcCompilers(folder: string): Compiler[] {
  const libraries = join(folder, 'lib');
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true });
  mkdirSync(libraries, { recursive: true });
  const library = readdirSync(LIBRARY_FOLDER).find((name) => name.startsWith(LIBRARY));
  const link = join(libraries, LIBRARY);
  if (library !== undefined && !existsSync(link)) symlinkSync(join(LIBRARY_FOLDER, library), link);
  // What the program takes for itself is no part of compiling.
  const startSeconds = compile(empty, 'skl', '__kernel void step(__global int* made) { *made = 0; }', libraries);
  return Object.entries(DEVICES).map(([device, chips]) => ({
    name: `Intel ${device}`,
    chips,
    accepts: isTranslated,
    judge: (shaders) => {
      const own = join(folder, device);
      rmSync(own, { recursive: true, force: true });
      return judge(device, own, { libraries, startSeconds }, shaders);
    },
  }));
}

interface Setup {
  /** A folder with the disassembler's library by the name that ocloc wants. */
  readonly libraries: string;
  /** Processor seconds that ocloc takes for next to nothing. */
  readonly startSeconds: number;
}

function judge(device: string, folder: string, setup: Setup, shaders: readonly StepShader[]): Verdict {
  return sum(
    shaders.map((shader, index) => {
      const own = join(folder, String(index));
      mkdirSync(own, { recursive: true });
      const { runs } = shader;
      const verdict = judgeOne(device, own, setup, shader);
      return { ...verdict, alu: runs * verdict.alu, fetches: runs * verdict.fetches };
    }),
  );
}

function judgeOne(device: string, folder: string, { libraries, startSeconds }: Setup, shader: StepShader): Verdict {
  const { fragment } = shader;
  const compileSeconds = Math.max(0, compile(folder, device, toOpenCl(fragment), libraries) - startSeconds);
  const options = { cwd: folder, env: { LD_LIBRARY_PATH: libraries }, timeoutSeconds: PATIENCE_SECONDS };
  const binary = readdirSync(folder).find((name) => name.endsWith('.bin')) ?? '';
  const read = runTool('ocloc', ['disasm', '-file', binary, '-dump', 'dump', '-device', device], options);
  const dump = join(folder, 'dump');
  const listing = existsSync(dump) && readdirSync(dump).find((name) => name.endsWith('.asm'));
  if (!listing) throw new Error(`no listing: ${firstError(read.stdout + read.stderr)}`);
  const counts = countIntel(readFileSync(join(dump, listing), 'utf8'), roundsOf(fragment));
  return { compileSeconds, ...counts };
}

/**
 * Leaves a binary in the folder.
 * @returns processor seconds
 * @throws Error with the compiler's first complaint
 */
function compile(folder: string, device: string, kernel: string, libraries: string): number {
  writeFileSync(join(folder, 'step.cl'), kernel);
  const words = ['compile', '-file', 'step.cl', '-device', device, '-options', OPTIONS, '-output', 'step'];
  const { ok, isLate, stdout, stderr, processorSeconds } = runTool('ocloc', words, {
    cwd: folder,
    env: { LD_LIBRARY_PATH: libraries },
    timeoutSeconds: PATIENCE_SECONDS,
  });
  if (isLate) throw new Error(`not compiled within ${PATIENCE_SECONDS} s`);
  if (!ok || !readdirSync(folder).some((name) => name.endsWith('.bin'))) throw new Error(firstError(stdout + stderr));
  return processorSeconds;
}

function firstError(output: string): string {
  return output.split('\n').find((line) => line.includes('error')) ?? output.trim().slice(0, 200);
}

/** Rounds of the loops of a step, in their order. */
export function roundsOf(fragment: string): number[] {
  const loops = fragment.matchAll(/for \(int \w+ = (\d+); \w+ < (\d+); \w+ \+= (\d+)\) \{/g);
  return [...loops].map(([, first, limit, step]) => Math.ceil((Number(limit) - Number(first)) / Number(step)));
}

/**
 * Instructions of a cell as they run, in a listing of Intel's assembler; an instruction of sixteen channels is two of
 * eight.
 * @param rounds of the listing's loops, in their order
 * @throws Error if the listing has another number of loops
 */
export function countIntel(
  listing: string,
  rounds: readonly number[],
): Pick<Verdict, 'registers' | 'spills' | 'alu' | 'fetches'> {
  const lines = listing.split('\n');
  const labels = new Map<string, number>();
  lines.forEach((line, index) => {
    const [, label] = /^(\w+):/.exec(line) ?? [];
    if (label !== undefined) labels.set(label, index);
  });
  const loops = lines.flatMap((line, end) => {
    const [, label] = /\bwhile \(\d+\|M\d+\)\s+(\w+)/.exec(line) ?? [];
    return label === undefined ? [] : [{ start: labels.get(label) ?? end, end }];
  });
  if (loops.length !== rounds.length) {
    throw new Error(`the compiler has made ${loops.length} loops of ${rounds.length}, so that nothing can be counted`);
  }
  loops.sort((a, b) => a.start - b.start);
  const width = widthOf(lines);
  let [alu, fetches, spills, registers] = [0, 0, 0, 0];
  lines.forEach((line, index) => {
    const [, operation, channels] = /^(?:\([^)]*\)\s*)?\s*([a-z][\w.]*) \((\d+)\|M\d+\)/.exec(line) ?? [];
    if (operation === undefined) return;
    for (const [, register] of line.matchAll(/\br(\d+)\./g)) registers = Math.max(registers, Number(register) + 1);
    const times = loops.reduce(
      (product, { start, end }, loop) => (index >= start && index <= end ? product * rounds[loop] : product),
      1,
    );
    if (/^send/.test(operation)) {
      if (/sampler|SAMPLER/.test(line)) fetches += times;
      if (/scratch/i.test(line)) spills += 1;
    } else if (!/^(while|nop|sync|jmpi|else|endif|if|break|halt)/.test(operation)) {
      alu += (times * Math.max(1, Number(channels) / 8)) / (width / 8);
    }
  });
  return { registers, spills, alu: Math.round(alu), fetches };
}

/** Cells that a thread works on: the channels of most of its multiply-adds. */
function widthOf(lines: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const channels = Number(/\bmad \((\d+)\|M\d+\)/.exec(line)?.[1] ?? 0);
    if (channels > 0) counts.set(channels, (counts.get(channels) ?? 0) + 1);
  }
  const [[width] = [8]] = [...counts].sort(([, a], [, b]) => b - a);
  return width;
}
