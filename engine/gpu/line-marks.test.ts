import { expect, it } from 'vitest';
import { resolveIncludes } from './include.ts';
import { nameFiles, withLineMarks } from './line-marks.ts';

const FILES = ['a.frag', 'b.glsl'];
const texts: Record<string, string> = {
  'a.frag': '#version 300 es\n#include "b.glsl"\nvoid main() {}\n',
  'b.glsl': 'float b;\nfloat c;\n',
};

it('marks which line of which file the compiler is reading', () => {
  const text = resolveIncludes('a.frag', (name) => withLineMarks(texts[name], FILES.indexOf(name)));
  expect(text.split('\n').filter((line) => line !== '')).toEqual([
    '#version 300 es',
    '#line 2 0',
    '#line 1 1',
    'float b;',
    'float c;',
    '#line 3 0',
    'void main() {}',
  ]);
});

it('names the file and the line in an error message', () => {
  const nameOf = (number: number): string | undefined => FILES[number];
  expect(nameFiles("ERROR: 1:2: 'x' : undeclared identifier", nameOf)).toBe(
    "ERROR: b.glsl:2: 'x' : undeclared identifier",
  );
  expect(nameFiles('ERROR: 7:2: syntax error', nameOf)).toBe('ERROR: 7:2: syntax error');
});
