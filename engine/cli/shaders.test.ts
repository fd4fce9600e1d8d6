import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveIncludes } from '../gpu/include.ts';
import { shaderSource } from '../gpu/shader-source.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '..', '..');
const FILES = readdirSync(join(PROJECT_FOLDER, 'shaders'), { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name)
  .sort();
/** The shaders of the smallest example, which are not part of the page. */
const MINIMAL_FILES = readdirSync(join(PROJECT_FOLDER, 'shaders', 'minimal')).map((name) => `minimal/${name}`);
/** The shaders of a program that is loaded only when it is needed. */
const PAIRED_FILES = readdirSync(join(PROJECT_FOLDER, 'shaders', 'paired')).map((name) => `paired/${name}`);
/** Compute shaders, which the tests of the training compile and run. */
const TRAINING_FILES = readdirSync(join(PROJECT_FOLDER, 'shaders', 'training'));
const PROGRAMS = [...FILES, ...MINIMAL_FILES, ...PAIRED_FILES].filter((file) =>
  ['.vert', '.frag'].includes(extname(file)),
);
const isCheckerThere = spawnSync('glslangValidator', ['--version']).status === 0;
// In CI, a missing checker is a failure; elsewhere the test is visibly skipped.
const isGap = !isCheckerThere && process.env['CI'] === undefined;

function check(stage: string, source: string): string {
  const { stdout, error } = spawnSync('glslangValidator', ['--stdin', '-S', stage], {
    input: source,
    encoding: 'utf8',
  });
  return error ? `glslangValidator did not run: ${error.message}` : stdout.replace(/^stdin\n/, '').trim();
}

function textOf(file: string): string {
  return readFileSync(join(PROJECT_FOLDER, 'shaders', file), 'utf8');
}

function sourcesUnder(folder: string): string {
  return readdirSync(join(PROJECT_FOLDER, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('node_modules'))
    .map((file) => readFileSync(join(PROJECT_FOLDER, folder, file), 'utf8'))
    .join('\n');
}

describe('the files under shaders/', () => {
  it('are vertex and fragment shaders and what they include, and training’s compute shaders, nothing else', () => {
    expect(MINIMAL_FILES.filter((file) => extname(file) !== '.frag')).toEqual([]);
    expect(PROGRAMS.length).toBeGreaterThan(0);
    expect(FILES.filter((file) => !['.vert', '.frag', '.glsl'].includes(extname(file)))).toEqual([]);
    expect(TRAINING_FILES.filter((file) => extname(file) !== '.wgsl')).toEqual([]);
  });

  it('are all used', () => {
    const sources = sourcesUnder('engine');
    const shaders = [...FILES, ...MINIMAL_FILES, ...PAIRED_FILES].map(textOf).join('\n');
    const isUsed = (file: string) =>
      extname(file) === '.glsl' ? shaders.includes(`#include "${file}"`) : sources.includes(`'${file}'`);
    expect(FILES.filter((file) => !isUsed(file))).toEqual([]);
    const imported = [...MINIMAL_FILES, ...PAIRED_FILES];
    expect(imported.filter((file) => !sources.includes(`/shaders/${file}?raw'`))).toEqual([]);
    const trainingSources = sourcesUnder('engine/learning/webgpu');
    expect(TRAINING_FILES.filter((file) => !trainingSources.includes(`'${file}'`))).toEqual([]);
  });
});

const suite = isGap ? 'each shader compiles on its own (skipped: glslangValidator is not installed)' : 'each shader';

describe.skipIf(isGap)(suite, () => {
  it.each(PROGRAMS)('%s compiles on its own as GLSL ES 3.00', (file) => {
    const source = MINIMAL_FILES.includes(file)
      ? resolveIncludes(file, textOf)
      : shaderSource(file, {}, PAIRED_FILES.includes(file) ? { [file]: textOf(file) } : {});
    expect(source).toMatch(/^#version 300 es\n/);
    expect(check(extname(file).slice(1), source)).toBe('');
  });

  it('would be caught with a fault', () => {
    const broken = '#version 300 es\nprecision highp float;\nout vec4 color;\nvoid main() { color = vec3(1.0); }\n';
    expect(check('frag', broken)).toContain('ERROR');
  });
});
