import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kioskAddress, readKioskSettings } from './kiosk-settings.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(text: string) {
  const path = join(folder, 'settings.json');
  writeFileSync(path, text);
  return readKioskSettings(path);
}

it('hands the settings to the page', () => {
  const settings = read('{"model": "swift", "columns": 20, "rate": 30}');
  expect(kioskAddress('http://localhost:8080/', settings)).toBe(
    'http://localhost:8080/?kiosk=1&model=swift&columns=20&rate=30',
  );
});

it('hands them over as data, whatever they hold', () => {
  const address = new URL(kioskAddress('http://localhost:8080/', read('{"model": "a&seed=1#x"}')));
  expect(address.searchParams.get('model')).toBe('a&seed=1#x');
  expect(address.searchParams.has('seed')).toBe(false);
});

it.each([
  ['{"columns": 20', 'is not valid JSON'],
  ['[1]', 'must hold one JSON object'],
  ['3', 'must hold one JSON object'],
  ['{"colums": 20}', 'the unknown setting "colums"'],
  ['{"columns": "20"}', 'a fault in "columns"'],
  ['{"columns": -1}', 'a fault in "columns"'],
  ['{"dropout": 1e999}', 'a fault in "dropout"'],
])('refuses %s with a line that says why', (text, reason) => {
  expect(() => read(text)).toThrow(reason);
});

it('refuses a file that is not there', () => {
  expect(() => readKioskSettings(join(folder, 'absent.json'))).toThrow('There is no file');
});
