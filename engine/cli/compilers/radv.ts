/** Mesa's compiler for AMD GPUs. It needs no GPU: its driver can pretend to be a device of any family. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countInstructions } from './aco-assembly.ts';
import { type Chip, type Compiler, sum, type Verdict } from './compiler.ts';
import type { StepShader } from './step-shaders.ts';
import { isInstalled, runTool } from './tools.ts';
import { toVulkan } from './vulkan-glsl.ts';

const DRIVERS = '/usr/share/vulkan/icd.d';
const HEADER = '/usr/include/vulkan/vulkan.h';
const SOURCE = join(import.meta.dirname, 'pipeline-statistics.c');
const PATIENCE_SECONDS = 120;

/** A compute unit completes an instruction for 64 cells in a clock cycle. */
function chip(name: string, units: number, gigahertz: number): Chip {
  return { name, aluPerSecond: units * 64 * gigahertz * 1e9, fetchesPerSecond: units * gigahertz * 1e9 };
}

const FAMILIES: Readonly<Record<string, readonly Chip[]>> = {
  raven: [chip('Vega 8', 8, 1.2)],
  navi21: [chip('RX 6600', 28, 2.3)],
};

/** The driver's manifest, which the Vulkan loader reads. */
function driverFile(): string | null {
  const file = existsSync(DRIVERS) && readdirSync(DRIVERS).find((name) => /^radeon_icd.*\.json$/.test(name));
  return file ? join(DRIVERS, file) : null;
}

/** The Debian packages that it needs and that are missing. */
export function missingForRadv(): string[] {
  return [
    ...(isInstalled('glslangValidator') ? [] : ['glslang-tools']),
    ...(isInstalled('cc') ? [] : ['gcc', 'libc6-dev']),
    ...(existsSync(HEADER) ? [] : ['libvulkan-dev']),
    ...(driverFile() === null ? ['mesa-vulkan-drivers'] : []),
  ];
}

/**
 * @param folder for intermediate files
 * @throws Error if the program that queries the driver does not compile
 */
export function radvCompilers(folder: string): Compiler[] {
  const program = join(folder, 'pipeline-statistics');
  const made = runTool('cc', ['-O1', '-o', program, SOURCE, '-lvulkan']);
  if (!made.ok) throw new Error(`pipeline-statistics.c does not compile: ${made.stderr}`);
  const vertex = toSpirv(folder, 'vert', VERTEX, 'vertex');
  return Object.entries(FAMILIES).map(([family, chips]) => ({
    name: `AMD ${family}`,
    chips,
    accepts: () => true,
    judge: (shaders) => judge(family, program, folder, vertex, shaders),
  }));
}

const VERTEX = `#version 450
void main() {
  vec2 corner = vec2((gl_VertexIndex << 1) & 2, gl_VertexIndex & 2);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
`;

function judge(
  family: string,
  program: string,
  folder: string,
  vertex: string,
  shaders: readonly StepShader[],
): Verdict {
  const words = shaders.flatMap(({ fragment, targets }, index) => {
    const { text, bindings } = toVulkan(fragment);
    const letters = bindings.map((kind) => (kind === 'sampler' ? 's' : 'b')).join('');
    return [String(targets), letters, toSpirv(folder, 'frag', text, `step${index}`)];
  });
  const driver = driverFile() ?? '';
  const { ok, stdout, stderr, isLate } = runTool(program, [vertex, ...words], {
    env: {
      RADV_FORCE_FAMILY: family,
      MESA_SHADER_CACHE_DISABLE: 'true',
      VK_DRIVER_FILES: driver,
      VK_ICD_FILENAMES: driver,
    },
    timeoutSeconds: PATIENCE_SECONDS,
  });
  if (isLate) throw new Error(`not compiled within ${PATIENCE_SECONDS} s`);
  if (!ok) throw new Error(stderr.trim());
  const parts = stdout.split(/^@time /m).slice(1);
  const verdicts = parts.map((part, index): Verdict => {
    const { alu, fetches } = countInstructions(part.slice(part.indexOf('@assembly')));
    const { runs } = shaders[index];
    const statistic = (name: string): number => Number(new RegExp(`^@statistic ${name}=(.*)$`, 'm').exec(part)?.[1]);
    return {
      compileSeconds: Number.parseFloat(part),
      registers: statistic('VGPRs'),
      spills: statistic('Spilled VGPRs') + statistic('Spilled SGPRs'),
      alu: runs * alu,
      fetches: runs * fetches,
    };
  });
  return sum(verdicts);
}

function toSpirv(folder: string, stage: 'vert' | 'frag', text: string, name: string): string {
  const [source, binary] = [join(folder, `${name}.${stage}`), join(folder, `${name}.spv`)];
  writeFileSync(source, text);
  const { ok, stdout } = runTool('glslangValidator', ['-V', '--auto-map-locations', '-o', binary, source]);
  if (!ok) throw new Error(`glslangValidator refuses a shader: ${stdout.slice(0, 2000)}`);
  return binary;
}
