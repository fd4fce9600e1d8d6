import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TINY_SPECIFICATION } from '../common/model/architectures.ts';
import { encodeModelFile } from '../common/model/file.ts';
import { weightShapes } from '../common/model/weights.ts';
import { listModels } from './vite-models.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a model file with all weights zero. */
function writeModel(file: string, name: string): void {
  const specification = { ...TINY_SPECIFICATION, name, description: `About ${name}.` };
  const weights = new Map(
    [...weightShapes(specification)].map(([tensor, shape]) => [
      tensor,
      { shape, data: new Float32Array(shape.reduce((size, extent) => size * extent, 1)) },
    ]),
  );
  writeFileSync(join(folder, file), encodeModelFile({ specification, weights }));
}

it('lists the models with the default one first and unknown ones last, by name', () => {
  for (const name of ['zebra', 'cax', 'tiny', 'apple', 'accurate']) writeModel(`${name}.ktx2`, name);
  expect(listModels(folder).map(({ name }) => name)).toEqual(['accurate', 'tiny', 'cax', 'apple', 'zebra']);
});

it('takes name and description from the file’s specification, not from its file name', () => {
  writeModel('first.ktx2', 'cax');
  expect(listModels(folder)).toEqual([
    { name: 'cax', file: 'first.ktx2', title: 'CAX', description: 'About cax.', multiplyAdds: 4920 },
  ]);
});

it('names a file that is no model, and two of one name', () => {
  writeModel('a.ktx2', 'swift');
  writeModel('b.ktx2', 'swift');
  expect(() => listModels(folder)).toThrow('"swift"');
  writeFileSync(join(folder, 'b.ktx2'), 'nothing');
  expect(() => listModels(folder)).toThrow('assets/b.ktx2 cannot be used: ');
});

it('lists nothing where there is no folder', () => {
  expect(listModels(join(folder, 'absent'))).toEqual([]);
});
