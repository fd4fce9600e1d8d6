import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../site.ts';
import { addPlaces, addScript, type Places } from './places.ts';
import { holesIn } from './report.ts';
import { sourceMapOf } from './source-map.ts';

const SOURCE = `interface Gone { a: number }
export function half(value: number): number {
  if (value < 0) throw new RangeError('below zero');
  return value / 2;
}
`;
const FILE = 'engine/made-up.ts';

/** A script as a tool makes it of the source, with what V8 tells when a part of it has not run. */
function script(idle: string, head = '') {
  const { outputText } = ts.transpileModule(SOURCE, {
    fileName: 'made-up.ts',
    compilerOptions: { inlineSourceMap: true, target: ts.ScriptTarget.ES2022 },
  });
  const text = `${head}${outputText}`;
  const start = text.indexOf(idle);
  const ranges = [
    { startOffset: 0, endOffset: text.length, count: 3 },
    { startOffset: start, endOffset: start + idle.length, count: 0 },
  ];
  return { path: join(PROJECT_FOLDER, FILE), text, head: head.length, functions: [{ ranges }] };
}

const THROW = ` throw new RangeError('below zero');`;

describe('what has not run', () => {
  test('is found in the source, at its line, from where it begins', () => {
    const places: Places = {};
    addScript(places, script(THROW));
    expect(holesIn(places[FILE], SOURCE)).toEqual([{ line: 3, text: `throw new RangeError('below zero');` }]);
  });

  test('is found behind what a runner of modules puts before a script', () => {
    const places: Places = {};
    addScript(places, script(THROW, `async () => {{`));
    expect(holesIn(places[FILE], SOURCE)).toHaveLength(1);
  });

  test('has run if it ran anywhere', () => {
    const [one, other]: Places[] = [{}, {}];
    addScript(one, script(THROW));
    addScript(other, script('return value / 2;'));
    expect(holesIn(other[FILE], SOURCE)).toMatchObject([{ line: 4 }]);
    addPlaces(one, other);
    expect(holesIn(one[FILE], SOURCE)).toEqual([]);
  });

  test('is of no interest in what is not ours, and unknown without a map', () => {
    const places: Places = {};
    addScript(places, { ...script(THROW), path: '/elsewhere/made-up.ts' });
    addScript(places, { path: FILE, text: 'let a = 1;', functions: [] });
    expect(places).toEqual({});
    expect(sourceMapOf('let a = 1;')).toBeNull();
  });
});
