import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { tensorOf } from '../../engine/common/model/weights.ts';
import { isotropic } from './isotropic.ts';
import type { Perception, PerceptionKernel } from './perception.ts';
import { shared } from './shared.ts';

vi.setConfig({ testTimeout: 240_000 });

const ROOT = join(import.meta.dirname, '../..');

function kernelOf(channels: number, filters: number): PerceptionKernel {
  const values = Float32Array.from({ length: 9 * channels * filters }, (_, index) => Math.sin(index));
  return { values, channels, filters };
}

const at = ({ values, channels, filters }: PerceptionKernel, tap: number, channel: number, filter: number): number =>
  values[(tap * channels + channel) * filters + filter];

function projected(perception: Perception): { kernel: PerceptionKernel; before: PerceptionKernel } {
  const [before, kernel] = [kernelOf(3, 2), kernelOf(3, 2)];
  perception.project(kernel);
  return { kernel, before };
}

it('a shared perception has the mean filter of all channels for each', () => {
  const { kernel, before } = projected(shared);
  for (let tap = 0; tap < 9; tap += 1) {
    const mean = [0, 1, 2].reduce((sum, channel) => sum + at(before, tap, channel, 1), 0) / 3;
    for (const channel of [0, 1, 2]) expect(at(kernel, tap, channel, 1)).toBe(Math.fround(mean));
  }
  expect(at(kernel, 0, 0, 0)).not.toBe(at(kernel, 0, 0, 1));
});

it('an isotropic perception sees the same after a quarter turn and in a mirror', () => {
  const { kernel, before } = projected(isotropic);
  const turned = [6, 3, 0, 7, 4, 1, 8, 5, 2];
  const mirrored = [2, 1, 0, 5, 4, 3, 8, 7, 6];
  for (let tap = 0; tap < 9; tap += 1) {
    expect(at(kernel, tap, 2, 1)).toBe(at(kernel, turned[tap], 2, 1));
    expect(at(kernel, tap, 2, 1)).toBe(at(kernel, mirrored[tap], 2, 1));
  }
  expect(at(kernel, 4, 2, 1)).toBe(at(before, 4, 2, 1));
  expect(at(kernel, 0, 2, 1)).not.toBe(at(kernel, 1, 2, 1));
});

it.each([shared, isotropic])('$name leaves a kernel that obeys as it is', (perception) => {
  const { kernel } = projected(perception);
  const once = kernel.values.slice();
  perception.project(kernel);
  expect(kernel.values).toEqual(once);
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-perception-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Trains a small model in `cwd` and returns its perception's kernel. */
function trainIn(cwd: string, perception: string): PerceptionKernel {
  const small = ['--batch=4', '--steps=3', '--set=fresh=1', '--set=mutated=1', '--set=tail=null', '--set=pool.size=8'];
  const args = ['--import', 'tsx', 'training/cli/train.ts', '--preset=tiny', '--synthetic', '--backend=wasm', ...small];
  const out = join(folder, 'run');
  const { status, stderr } = spawnSync(
    process.execPath,
    [...args, '--set=model.update.0.units=8', `--set=perception=${perception}`, '--out', out],
    { cwd, encoding: 'utf8' },
  );
  expect(stderr).not.toContain('Error');
  expect(status).toBe(0);
  const { specification, weights } = decodeModelFile(readFileSync(join(out, 'model.ktx2')));
  const { shape, data } = tensorOf(weights, 'perceive.kernel');
  expect(specification.training?.settings).toMatchObject({ perception: JSON.stringify(perception) });
  return { values: data, channels: shape[2], filters: shape[3] };
}

/** The code blocks of PERCEPTION.md in this language, without the indent of the list that they are in. */
function blocksOf(language: string): string[] {
  const page = readFileSync(join(ROOT, 'training/PERCEPTION.md'), 'utf8');
  return [...page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^ *\`\`\``, 'gm'))].map(([, indent, text]) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

it('the perception of PERCEPTION.md, added as the page says, is trained and baked', () => {
  const copy = join(folder, 'copy');
  const isSource = (path: string): boolean => !['node_modules', 'dist', 'runs'].includes(basename(path));
  for (const part of ['engine', 'training', 'shaders', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true, filter: isSource });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const [rule, listing] = blocksOf('ts');
  const list = listing.trim().split('\n');
  writeFileSync(join(copy, 'training/perceptions/mirrored.ts'), rule);
  const index = join(copy, 'training/perceptions/index.ts');
  const before = readFileSync(index, 'utf8');
  const after = before.replace(/^import/m, `${list[0]}\nimport`).replace(/^const PERCEPTIONS.*$/m, list[1]);
  writeFileSync(index, after);

  const kernel = trainIn(copy, 'mirrored');
  for (const [left, right] of [
    [0, 2],
    [3, 5],
    [6, 8],
  ]) {
    for (let channel = 0; channel < kernel.channels; channel += 1) {
      expect(at(kernel, left, channel, 0)).toBe(at(kernel, right, channel, 0));
    }
  }
  expect(at(kernel, 0, 3, 0)).not.toBe(at(kernel, 6, 3, 0));
});

it('a perception that there is not is refused with those that there are', () => {
  const args = ['--import', 'tsx', 'training/cli/train.ts', '--synthetic', '--set=perception=round'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/perception.*shared/s);
});
