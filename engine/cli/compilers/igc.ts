/**
 * Intel's graphics compiler, which the Windows driver also uses, through OpenCL. It does not accept GLSL by itself, so
 * it gets the network of a step as kernels.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Chip, type Compiler, sum, type Verdict } from './compiler.ts';
import { isTranslated, toOpenCl } from './opencl-text.ts';
import type { StepShader } from './step-shaders.ts';
import { isInstalled, runTool } from './tools.ts';

const PATIENCE_SECONDS = 120;
const OPTIONS = '-cl-fast-relaxed-math';

const EMPTY_KERNEL = '__kernel void step(__global int* made) { *made = 0; }';

/** The folder of the disassembler's library. ocloc looks for it under a name that Debian's package does not provide. */
const LIBRARY_FOLDER = '/usr/lib/x86_64-linux-gnu';
const LIBRARY = 'libiga64.so';

/** An execution unit completes an instruction for eight cells in a clock cycle. */
function chip(name: string, units: number, gigahertz: number, samplers: number): Chip {
  return { name, aluPerSecond: 8 * units * gigahertz * 1e9, fetchesPerSecond: samplers * gigahertz * 1e9 };
}

const DEVICES: Readonly<Record<string, readonly Chip[]>> = {
  skl: [chip('UHD 620', 24, 1.0, 3)],
  tgllp: [chip('Iris Xe', 96, 1.25, 12)],
};

/** The Debian packages that it needs and that are missing. */
export function missingForIgc(): string[] {
  const hasLibrary = existsSync(LIBRARY_FOLDER) && readdirSync(LIBRARY_FOLDER).some((name) => name.startsWith(LIBRARY));
  return isInstalled('ocloc') && hasLibrary ? [] : ['intel-opencl-icd', 'libigc-tools'];
}

/** @param folder for intermediate files */
export function igcCompilers(folder: string): Compiler[] {
  const libraries = join(folder, 'lib');
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true });
  mkdirSync(libraries, { recursive: true });
  const library = readdirSync(LIBRARY_FOLDER).find((name) => name.startsWith(LIBRARY));
  const link = join(libraries, LIBRARY);
  if (library !== undefined && !existsSync(link)) symlinkSync(join(LIBRARY_FOLDER, library), link);
  return Object.entries(DEVICES).map(([device, chips]) => ({
    name: `Intel ${device}`,
    chips,
    accepts: isTranslated,
    judge: (shaders) => {
      const own = join(folder, device);
      rmSync(own, { recursive: true, force: true });
      return judge(device, own, { libraries, empty }, shaders);
    },
  }));
}

interface Setup {
  /** A folder with the disassembler's library under the name that ocloc expects. */
  readonly libraries: string;
  /** A folder for compiling an almost empty kernel. */
  readonly empty: string;
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

function judgeOne(device: string, folder: string, { libraries, empty }: Setup, shader: StepShader): Verdict {
  const { fragment } = shader;
  // The start of the program does not count as compiling. It takes as long as many a kernel, and more on a busy
  // machine, so it is measured beside each of them.
  const startSeconds = compile(empty, device, EMPTY_KERNEL, libraries);
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
 * Compiles a kernel and leaves a binary in the folder.
 * @returns CPU seconds
 * @throws Error with the compiler's first error
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

/** The number of rounds of each loop of a step, in order. */
export function roundsOf(fragment: string): number[] {
  const loops = fragment.matchAll(/for \(int \w+ = (\d+); \w+ < (\d+); \w+ \+= (\d+)\) \{/g);
  return [...loops].map(([, first, limit, step]) => Math.ceil((Number(limit) - Number(first)) / Number(step)));
}

/**
 * Counts the instructions executed for a cell, in a listing of Intel's assembler. An instruction for sixteen channels
 * counts as two for eight.
 * @param rounds the rounds of the listing's loops, in order
 * @throws Error if the listing has a different number of loops
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
    throw new Error(`the compiler made ${loops.length} loops instead of ${rounds.length}, so nothing can be counted`);
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

/** The number of cells that a thread processes: the channels of most of its multiply-adds. */
function widthOf(lines: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const channels = Number(/\bmad \((\d+)\|M\d+\)/.exec(line)?.[1] ?? 0);
    if (channels > 0) counts.set(channels, (counts.get(channels) ?? 0) + 1);
  }
  const [[width] = [8]] = [...counts].sort(([, a], [, b]) => b - a);
  return width;
}
