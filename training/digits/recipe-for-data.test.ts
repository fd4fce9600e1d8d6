import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../presets/index.ts';
import type { StrokeRule } from '../presets/recipe-schema.ts';
import { writeStrokeFiles } from '../strokes/made-up-strokes.ts';
import { recipeForData } from './recipe-for-data.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-recipe-'));
  writeStrokeFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is drawn as none of the classes of a file, which lies beside strokes. */
function ruleFor(file: { classes: string[]; none?: string[] } | null, preset = 'tiny'): StrokeRule | null | undefined {
  if (file) {
    writeFileSync(
      join(folder, 'classes.json'),
      JSON.stringify({ ...file, classes: file.classes.map((name) => ({ name })) }),
    );
  }
  return recipeForData(findPreset(preset), { data: undefined, strokes: folder, synthetic: false }).strokes;
}

describe('what a run draws as none of its classes', () => {
  const digits = Array.from('0123456789');

  it('is whatever does not look like a digit, for the ten digits', () => {
    expect(ruleFor(null)).toMatchObject({ none: 0.2, others: null });
    expect(ruleFor({ classes: digits })).toMatchObject({ none: 0.2, others: null });
  });

  it('is nothing for other classes, as nobody knows what looks like them', () => {
    expect(ruleFor({ classes: ['heart', '1'] })).toMatchObject({ none: 0, others: [] });
    expect(ruleFor({ classes: digits.slice(0, 6) })).toMatchObject({ none: 0, others: [] });
  });

  it('is what a class file names, if it names anything', () => {
    expect(ruleFor({ classes: ['heart', '1'], none: ['7'] })).toMatchObject({ none: 0.2, others: ['7'] });
    expect(ruleFor({ classes: ['heart', '1'], none: [] })).toMatchObject({ none: 0, others: [] });
  });
});
