import { expect, test } from 'vitest';
import { chooseLanguage, TEXTS } from './index.ts';

test('the first language of the browser that the page speaks is chosen, or else English', () => {
  expect(chooseLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(chooseLanguage(['en-GB', 'de'])).toBe('en');
  expect(chooseLanguage(['fr'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});

/** The page's own texts, and those of its features. */
const all = {
  shell: { TEXTS },
  ...import.meta.glob<{ TEXTS: typeof TEXTS }>('../../features/*/texts.ts', { eager: true }),
};

/** All texts by their path, functions left out. */
function strings(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]): [string, string][] => {
    if (typeof entry === 'string') return [[`${path}${key}`, entry]];
    return typeof entry === 'object' && entry !== null ? strings(entry, `${path}${key}.`) : [];
  });
}

test('no text of another language is empty or was left in English', () => {
  expect(Object.keys(all).length).toBeGreaterThan(10);
  const same = new Set(['controls.pause.label', 'palette']);
  for (const [file, { TEXTS }] of Object.entries(all)) {
    const { en, ...others } = TEXTS;
    const english = new Map(strings(en));
    for (const [path, text] of Object.values(others).flatMap((texts) => strings(texts))) {
      expect(text, `${file}: ${path}`).not.toBe('');
      if (!same.has(path)) expect(text, `${file}: ${path}`).not.toBe(english.get(path));
    }
  }
});
