import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLASS_COLORS } from '../../engine/common/model/class-colors.ts';
import { parseSpecification } from '../../engine/common/model/specification.ts';
import { findPreset } from '../presets/index.ts';
import { asOption, recipeWith } from '../presets/settings.ts';
import { findClassFile, readClassFile, withClasses } from './class-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nca-class-file-'));
  path = join(folder, 'classes.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(file: object): ReturnType<typeof readClassFile> {
  writeFileSync(path, JSON.stringify(file));
  return readClassFile(path);
}

const TINY = findPreset('tiny').model;
const THREE = ['A', 'B', { name: 'C', color: [200, 30, 90] }];

describe('a class file', () => {
  it('names classes, with colours or without', () => {
    expect(read({ classes: THREE, none: ['star'] })).toEqual({
      path,
      classes: [
        { name: 'A', color: CLASS_COLORS[0] },
        { name: 'B', color: CLASS_COLORS[1] },
        { name: 'C', color: [200, 30, 90] },
      ],
      none: ['star'],
      layout: {},
      outputUnits: null,
    });
  });

  it('that says no more lets the logits of a model shrink or grow where they are', () => {
    const { channels, update, classes } = withClasses(TINY, read({ classes: THREE }));
    expect(classes).toHaveLength(3);
    expect(channels).toEqual({ ...TINY.channels, count: TINY.channels.count - 7 });
    expect(update.at(-1)?.units).toBe((TINY.update.at(-1)?.units ?? 0) - 7);
    const many = Array.from({ length: 26 }, (_, label) => `sign ${label}`);
    expect(withClasses(TINY, read({ classes: many })).channels.count).toBe(TINY.channels.count + 16);
  });

  it('lays the channels out as it says', () => {
    const file = read({ classes: THREE, channels: 9, ink: 8, firstLogit: 2, outputUnits: 'all' });
    const model = parseSpecification(withClasses(TINY, file));
    expect(model.channels).toEqual({ count: 9, ink: 8, firstLogit: 2 });
    expect(model.update.at(-1)?.units).toBe(9);
    const less = withClasses(TINY, read({ classes: THREE, channels: 9, outputUnits: 'all-but-ink' }));
    expect(less.channels).toEqual({ ...TINY.channels, count: 9 });
    expect(parseSpecification(less).update.at(-1)?.units).toBe(8);
  });

  it.each([
    [{ firstLogit: 12, channels: 14 }, /the logits end at channel 14, but there are 14 channels/],
    [{ firstLogit: 0, ink: 1 }, /the ink, channel 1, is among the logits/],
    [{ channels: 5, ink: 5, firstLogit: 0 }, /the ink is channel 5, but there are 5 channels/],
  ])('whose layout contradicts itself makes no recipe: %j', (layout, message) => {
    const model = withClasses(TINY, read({ classes: THREE, ...layout }));
    expect(() => recipeWith({ ...findPreset('tiny'), model }, new Map(), asOption)).toThrow(message);
  });

  it.each([
    [{ classes: ['A'] }, /classes: has to name two classes at least\. This works: \{"classes": /],
    [{ classes: Array.from({ length: 49 }, (_, label) => String(label)) }, /names more than 48 classes/],
    [{ classes: ['A', 'B', 'A'] }, /names the class "A" twice/],
    [{ classes: ['A', { name: 'B', color: [0, 0, 256] }] }, /classes\.1/],
    [{ classes: THREE, channels: 2 }, /channels/],
    [{ classes: THREE, firstLogit: -1 }, /firstLogit/],
    [{ classes: THREE, outputUnits: 'some' }, /outputUnits/],
    [{ classes: THREE, colours: [] }, /colours/],
  ])('is refused with its name: %j', (file, message) => {
    expect(() => read(file)).toThrow(message);
    expect(() => read(file)).toThrow(path);
  });

  it('that is not JSON is refused', () => {
    writeFileSync(path, 'A, B, C');
    expect(() => readClassFile(path)).toThrow(/is not JSON/);
  });

  it('is the one that is named, or the one beside the images, or beside the strokes', () => {
    expect(findClassFile({ data: folder })).toBeNull();
    read({ classes: THREE });
    expect(findClassFile({ data: folder })?.path).toBe(path);
    expect(findClassFile({ images: join(folder, 'images') })?.path).toBe(path);
    expect(findClassFile({ strokes: folder })?.path).toBe(path);
    expect(findClassFile({ strokes: folder, data: tmpdir() })).toBeNull();
    expect(findClassFile({ data: tmpdir(), classes: path })?.path).toBe(path);
  });
});
