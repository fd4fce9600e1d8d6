import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySpecification } from '../../engine/common/model/arbitrary-model.ts';
import { TINY_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { parseSpecification } from '../../engine/common/model/specification.ts';
import { ModelError } from '../../engine/common/model/model-error.ts';
import { explainRefusal, SPECIFICATION_GUIDE } from './specification-guide.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../SPECIFICATION.md'), 'utf8');

type Json = Record<string, unknown>;

/** The page's own example, or a model with a depthwise perception, as values that may be changed. */
function exampleWith(field: string): Json {
  if (field === 'perceive.filters') return structuredClone({ ...TINY_SPECIFICATION });
  const json = /```json\n([^`]*)```/.exec(PAGE)?.[1] ?? '';
  return JSON.parse(json) as Json;
}

/** The object that holds a field, and the field's name in it; of a list its last entry. */
function placeOf(root: Json, field: string): { holder: Json; name: string } {
  const parts = field.split('.');
  const name = parts.pop() ?? '';
  const holder = parts.reduce<Json>((value, part) => {
    const key = part === '*' ? String((value as unknown as unknown[]).length - 1) : part;
    return value[key] as Json;
  }, root);
  return { holder, name };
}

function refusalOf(value: unknown): string {
  try {
    parseSpecification(value);
  } catch (error) {
    if (error instanceof ModelError) return explainRefusal(error);
    throw error;
  }
  return '';
}

const OPTIONAL = ['training', 'taught', 'accuracy'];

describe('the guide to the specification', () => {
  it('has the page’s example, which is complete without its optional fields', () => {
    expect(parseSpecification(exampleWith(''))).toMatchObject({ name: 'mine', training: null, accuracy: null });
  });

  it.each(SPECIFICATION_GUIDE)('puts $field right with the line that it prints', ({ field, meaning, example }) => {
    const specification = exampleWith(field);
    const { holder, name } = placeOf(specification, field);
    for (const wrong of OPTIONAL.includes(field) ? [false] : [undefined, false]) {
      holder[name] = wrong;
      const refusal = refusalOf(specification);
      expect(refusal).toContain(`"${field}" is ${meaning}. This works: ${example}`);
      expect(refusal).not.toContain('\n');
    }
    const line = /This works: (.*)$/.exec(refusalOf(specification))?.[1] ?? '';
    Object.assign(holder, JSON.parse(`{${line}}`));
    expect(refusalOf(specification)).toBe('');
  });

  it('says of a missing field that it is missing', () => {
    const { version: _, ...rest } = exampleWith('version');
    expect(refusalOf(rest)).toMatch(/^The model's specification has a fault in version: it is missing\. /);
  });

  it.each([
    [{ colour: 1 }, /the unknown field colour\. The fields there are version, name, .*, accuracy\.$/],
    [
      { step: { size: 1, dropout: 0, dropoutScaling: 'none', noise: 0, rate: 1 } },
      /unknown field step\.rate\. The fields there are size, dropout, dropoutScaling, noise\.$/,
    ],
    [{ training: { preset: 'x' } }, /training\.steps: it is missing\. "training" is how /],
    [
      { channels: { count: 20, ink: 3, firstLogit: 0 } },
      /the ink, channel 3, is among the logits\. "channels\.ink" is/,
    ],
  ])('lists what there is, or explains what holds it: %j', (fields, message) => {
    expect(refusalOf({ ...exampleWith(''), ...fields })).toMatch(message);
  });

  it('has an entry for every field that a specification can have', () => {
    const fields = new Set(SPECIFICATION_GUIDE.map(({ field }) => field));
    const check = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        const name = Array.isArray(value) ? '*' : key;
        const childPath = path === '' ? name : `${path}.${name}`;
        // A colour's three bytes are one value.
        if (childPath.startsWith('classes.*.color.')) continue;
        if (name !== '*') expect(fields).toContain(childPath);
        if (!OPTIONAL.includes(childPath)) check(child, childPath);
      }
    };
    fc.assert(fc.property(arbitrarySpecification, (specification) => check(specification, '')));
  });

  it('is a table of the page', () => {
    const rows = PAGE.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    for (const { field, meaning, example } of SPECIFICATION_GUIDE) {
      expect(rows).toContainEqual(['', `\`${field}\``, meaning, `\`${example}\``, '']);
    }
  });
});
