import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENGINE_FAULTS, type Fault, PAGE_FAULTS } from './faults.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '..', '..');
const SHADERS = join(PROJECT_FOLDER, 'shaders');
const shaders = readdirSync(SHADERS, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => readFileSync(join(SHADERS, name), 'utf8'));

/** Only a sample is tried out in every run; the others must not wait for a full one to be found out of date. */
test.each<Fault>([...ENGINE_FAULTS, ...PAGE_FAULTS])('"$name" is put into what there is', ({ module, from, to }) => {
  const texts = module === undefined ? shaders : [readFileSync(join(PROJECT_FOLDER, 'engine', module), 'utf8')];
  expect(texts.some((text) => text.includes(from))).toBe(true);
  expect(to).not.toBe(from);
});
