import { describe, expect, it } from 'vitest';
import { captionOf } from '../captions.ts';
import { chooseLanguage, LANGUAGES } from '../languages.ts';
import { SCENE_KINDS } from '../scene-settings.ts';
import { GUEST_TEXTS, type GuestTexts } from './index.ts';

/** The most characters of each text, by its path: what fits its place at twice the usual size. */
const MOST_CHARACTERS: readonly (readonly [path: RegExp, most: number])[] = [
  [/^name$/, 12],
  [/^title$/, 45],
  [/^canvas\./, 130],
  [/^(captions\.|undecided$)/, 115],
  [/^invitation$/, 42],
  [/^answers\./, 42],
  [/^bar\.about$/, 14],
  [/^bar\./, 17],
  [/^about\.sentences\./, 96],
  [/^about\.pictures\./, 28],
  [/^about\.close$/, 10],
  [/^warning\.goesOn$/, 44],
  [/^warning\./, 22],
  [/^backSoon$/, 20],
];

/** No word on a button is longer than the button is wide. */
const LONGEST_WORD = 10;

/** All texts of a language with their paths; texts with parameters get examples. */
function textsOf(value: object, path = ''): [path: string, text: string][] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]): [string, string][] => {
    if (typeof entry === 'string') return [[`${path}${key}`, entry]];
    if (typeof entry === 'function')
      return [[`${path}${key}`, String((entry as (...given: unknown[]) => unknown)('3', '8'))]];
    return typeof entry === 'object' && entry !== null ? textsOf(entry, `${path}${key}.`) : [];
  });
}

const english = textsOf(GUEST_TEXTS.en);

describe.each(LANGUAGES)('the texts for guests in "%s"', (language) => {
  const texts: GuestTexts = GUEST_TEXTS[language];
  const all = textsOf(texts);

  it('are complete, and no other language’s', () => {
    expect(all.map(([path]) => path)).toEqual(english.map(([path]) => path));
    for (const [index, [path, text]] of all.entries()) {
      expect(text.trim(), path).toBe(text);
      expect(text, path).not.toBe('');
      if (language !== 'en') expect(text, path).not.toBe(english[index]?.[1]);
    }
  });

  it('fit their places', () => {
    for (const [path, text] of all) {
      const most = MOST_CHARACTERS.find(([pattern]) => pattern.test(path))?.[1] ?? 0;
      expect(text.length, `${path}: ${text}`).toBeLessThanOrEqual(most);
    }
    for (const text of Object.entries(texts.bar).flatMap(([key, label]) =>
      /label|languages/.test(key) ? [] : [label],
    )) {
      for (const word of text.split(' ')) expect(word.length, word).toBeLessThanOrEqual(LONGEST_WORD);
    }
  });

  it('name what the cells read, and how long a guest has', () => {
    expect(texts.answers.agree('7')).toContain('7');
    expect(texts.answers.split('3', '8')).toMatch(/3.*8/);
    expect(texts.warning.goesOn(5)).toContain('5');
  });

  it('explain every kind of scene', () => {
    expect(Object.keys(texts.captions).sort()).toEqual([...SCENE_KINDS].sort());
  });
});

it('the first language of the browser that there is gets chosen, else English', () => {
  expect(chooseLanguage(['pt-BR', 'fr-CA', 'de'])).toBe('fr');
  expect(chooseLanguage(['NL'])).toBe('nl');
  expect(chooseLanguage(['pt', 'eng'])).toBe('en');
  expect(chooseLanguage([])).toBe('en');
});

describe('the caption of a scene', () => {
  it('is the operator’s, in the language that is spoken or the next best', () => {
    expect(captionOf({ kind: 'rest', caption: 'One for all' }, 'it')).toBe('One for all');
    expect(captionOf({ kind: 'rest', caption: { de: 'Ruhe', fr: 'Repos' } }, 'fr')).toBe('Repos');
    expect(captionOf({ kind: 'rest', caption: { de: 'Ruhe', fr: 'Repos' } }, 'it')).toBe('Ruhe');
    expect(captionOf({ kind: 'rest', caption: { de: 'Ruhe', en: 'Rest' } }, 'it')).toBe('Rest');
  });

  it('is none where the operator wants none', () => {
    expect(captionOf({ kind: 'rest', caption: '' }, 'en')).toBe('');
    expect(captionOf({ kind: 'rest', caption: { en: '' } }, 'en')).toBe('');
  });

  it('explains the scene where the operator has written none', () => {
    expect(captionOf({ kind: 'zoom' }, 'nl')).toBe(GUEST_TEXTS.nl.captions.zoom);
    expect(captionOf({ kind: 'zoom', caption: {} }, 'nl')).toBe(GUEST_TEXTS.nl.captions.zoom);
  });

  it('says that cells are undecided about a shape only if they are, and only where the operator has written none', () => {
    const { captions, undecided } = GUEST_TEXTS.de;
    const unknown = { kind: 'unknown', labels: [] } as const;
    expect(captionOf({ kind: 'unknown' }, 'de')).toBe(captions.unknown);
    expect(captionOf({ kind: 'unknown' }, 'de', unknown)).toBe(undecided);
    expect(captionOf({ kind: 'unknown' }, 'de', { kind: 'agree', labels: [3] })).toBe(captions.unknown);
    expect(captionOf({ kind: 'unknown' }, 'de', { kind: 'split', labels: [3, 8] })).toBe(captions.unknown);
    expect(captionOf({ kind: 'unknown', caption: 'A heart' }, 'de', unknown)).toBe('A heart');
    expect(captionOf({ kind: 'write' }, 'de', unknown)).toBe(captions.write);
  });
});
