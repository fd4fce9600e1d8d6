/**
 * Compiles the program that the page starts with, using compilers of real GPUs. A shader that compiles badly fails
 * here.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickProgram } from '../../automaton/programs/strategies.ts';
import { decodeModelFile } from '../../common/model/file.ts';
import { PROJECT_FOLDER } from '../site.ts';
import { listModels } from '../vite-models.ts';
import type { Compiler } from './compiler.ts';
import { countIntel, roundsOf } from './igc.ts';
import { toOpenCl } from './opencl-text.ts';
import { missingForRadv, radvCompilers } from './radv.ts';
import { StepShaders } from './step-shaders.ts';

const ASSETS = join(PROJECT_FOLDER, 'assets');
const MODELS = listModels(ASSETS).map(({ name }) => name);

let shaders: StepShaders;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'compilers-test-'));
  shaders = await StepShaders.open();
});

afterAll(async () => {
  await shaders.close();
  rmSync(folder, { recursive: true, force: true });
});

async function firstShaders(name: string) {
  const model = decodeModelFile(readFileSync(join(ASSETS, `${name}.ktx2`)));
  return shaders.of(model, quickProgram(model.specification));
}

const missing = missingForRadv();
const suite = missing.length > 0 ? `AMD (skipped: ${missing.join(', ')} not installed)` : 'AMD';

describe.skipIf(missing.length > 0)(suite, () => {
  let compilers: readonly Compiler[] = [];

  beforeAll(() => {
    compilers = radvCompilers(folder);
  });

  it.each(MODELS)('the first program of %s spills no register, and compiles quickly', async (name) => {
    const made = await firstShaders(name);
    for (const compiler of compilers) {
      const { spills, compileSeconds, alu } = compiler.judge(made);
      expect(spills, compiler.name).toBe(0);
      expect(compileSeconds, compiler.name).toBeLessThan(2);
      expect(alu, compiler.name).toBeGreaterThan(1000);
    }
  });
});

it('counts how often each text of a step is drawn', async () => {
  const made = await shaders.of(decodeModelFile(readFileSync(join(ASSETS, 'accurate.ktx2'))), 'layered-blocks');
  // Four feature passes, one text for all 24 passes of the hidden layer, and the update.
  expect(made.map(({ runs }) => runs)).toEqual([1, 1, 1, 1, 24, 1]);
});

it('translates a step to OpenCL, and finds the rounds of its loops', async () => {
  const [shader] = await firstShaders('swift');
  const kernel = toOpenCl(shader.fragment);
  expect(kernel).not.toMatch(/texelFetch|mat4|\d\.\d+[^\df e]/);
  expect(roundsOf(shader.fragment)).toEqual([30]);
});

it('counts Intel’s instructions for a cell, and refuses to count loops that it does not know', () => {
  const listing = `L0:
        mov (8|M0)               r70.0<1>:ud   r0.0<1;1,0>:ud
L16:
(W)     add (1|M0)               r4.0<1>:d     r4.0<0;1,0>:d     81:w
        mad (8|M0)               r9.0<1>:f     r9.0<8;8,1>:f     r10.0<8;8,1>:f    r11.0<0;1,0>:f
        while (8|M0)                         L16
        sends (8|M0)             null:ub       r4       r5      0x40C   0x02026000           //  wr:1+2, rd:0; hdc scratch write
`;
  expect(countIntel(listing, [5])).toEqual({ alu: 1 + 2 * 5, fetches: 0, spills: 1, registers: 71 });
  expect(() => countIntel(listing, [])).toThrow('1 loops instead of 0');
});
