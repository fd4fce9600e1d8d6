import { expect, it } from 'vitest';
import { resolveIncludes } from './include.ts';

const files: Record<string, string> = {
  'a.frag': '#version 300 es\n#include "b.glsl"\n#include "c.glsl"\nvoid main() {}\n',
  'b.glsl': '#include "c.glsl"\nfloat b;\n',
  'c.glsl': 'float c;\n',
  'd.frag': '#include "missing.glsl"\n',
};

it('includes each file once, before the code that needs it', () => {
  const text = resolveIncludes('a.frag', (name) => files[name]);
  expect(text.match(/float c;/g)).toHaveLength(1);
  expect(text.indexOf('float c;')).toBeLessThan(text.indexOf('float b;'));
  expect(text).not.toContain('#include');
});

it('names a file that is missing', () => {
  expect(() => resolveIncludes('d.frag', (name) => files[name])).toThrow('missing.glsl');
});
