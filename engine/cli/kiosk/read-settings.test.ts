import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENE_KINDS } from '../../page/features/kiosk/scene-settings.ts';
import { DEFAULT_KIOSK_SETTINGS } from '../../page/features/kiosk/settings.ts';
import { decodeKioskSettings } from '../../page/features/kiosk/settings-file.ts';
import { readKioskSettings } from './read-settings.ts';

const MODELS = ['accurate', 'swift', 'tiny'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a settings file', () => {
  const read = (text: string) => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, text);
    return readKioskSettings(path, MODELS);
  };

  it('is filled up with the defaults', () => {
    expect(read('{"canvas": {"columns": 20}}')).toEqual({
      ...DEFAULT_KIOSK_SETTINGS,
      canvas: { columns: 20, tile: 32 },
    });
  });

  it('that is wrong is refused with its path and the field', () => {
    expect(() => read('{"canvas": {"columns": 0}}')).toThrow(
      `${join(folder, 'settings.json')}, line 1, column 24: "canvas.columns" must be a whole number from 1 to 128.`,
    );
  });

  it('that is not there is refused', () => {
    expect(() => readKioskSettings(join(folder, 'absent.json'), MODELS)).toThrow('There is no file');
  });

  it('comes with the project as an example that can be used', () => {
    // Its folder for the log is made when the exhibit is installed.
    const bytes = readFileSync(join(import.meta.dirname, 'example-settings.json'));
    expect(decodeKioskSettings(bytes, 'the example').openingHours.length).toBe(2);
  });
});

describe('the page of instructions', () => {
  /** `| \`name\` | default | … |` of every row of the settings' tables. */
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const [, table = '', scenes = ''] = page.split(/^## Settings$|^\*\*Scenes\*\*/m);
  const documented = new Map(
    [...table.matchAll(/^\| `([\w.]+)` +\| ([^|]+?) +\|/gm)].map(([, name, value]) => [name, value]),
  );

  /** Every setting with its default as the page writes it; lists of objects are described in words. */
  function flatten(value: object, prefix = ''): [string, unknown][] {
    return Object.entries(value).flatMap(([name, entry]: [string, unknown]) =>
      typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? flatten(entry, `${prefix}${name}.`)
        : [[prefix + name, entry] as [string, unknown]],
    );
  }

  it('names every setting that has a default, with that default', () => {
    for (const [name, value] of flatten(DEFAULT_KIOSK_SETTINGS)) {
      if (name === 'scenes') expect(documented.has(name)).toBe(true);
      else expect([name, documented.get(name)]).toEqual([name, `\`${JSON.stringify(value)}\``]);
    }
  });

  it('names every setting without one, and none that there is not', () => {
    const withoutDefault = [...documented].filter(([, value]) => !value.startsWith('`')).map(([name]) => name);
    expect(withoutDefault.sort()).toEqual(
      [
        'model',
        'canvas.columns',
        'canvas.rows',
        'dropout',
        'timeZone',
        'presentation.barHeight',
        'scenes',
        'supervision.host',
        'supervision.port',
        'supervision.logFile',
        'supervision.onOpen',
        'supervision.onClose',
        'supervision.restartAt',
        'supervision.password',
      ].sort(),
    );
    expect([...scenes.matchAll(/^\| `(\w+)`/gm)].map(([, kind]) => kind)).toEqual(SCENE_KINDS);
    const known = new Set([...flatten(DEFAULT_KIOSK_SETTINGS).map(([name]) => name), ...withoutDefault]);
    expect([...documented.keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});
