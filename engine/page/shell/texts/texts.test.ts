import { expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { chooseTexts } from './index.ts';

test('the first language of the browser that there is gets chosen, else English', () => {
  expect(chooseTexts(['fr-FR', 'de-AT', 'en'])).toBe(de);
  expect(chooseTexts(['en-GB', 'de'])).toBe(en);
  expect(chooseTexts(['fr'])).toBe(en);
  expect(chooseTexts([])).toBe(en);
});

/** All texts by their path, functions left out. */
function texts(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]): [string, string][] => {
    if (typeof entry === 'string') return [[`${path}${key}`, entry]];
    return typeof entry === 'object' && entry !== null ? texts(entry, `${path}${key}.`) : [];
  });
}

test('no text of the other language was left empty or in English', () => {
  const same = new Set(['controls.pause.label', 'panel.palette']);
  const english = new Map(texts(en));
  for (const [path, text] of texts(de)) {
    expect(text, path).not.toBe('');
    if (!same.has(path)) expect(text, path).not.toBe(english.get(path));
  }
});
