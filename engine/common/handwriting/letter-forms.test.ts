import { expect, test } from 'vitest';
import { Random } from '../random/random.ts';
import { drawDigit } from './draw-digit.ts';
import { LETTER_FORMS } from './letter-forms.ts';

const LETTERS = Object.keys(LETTER_FORMS);

test('every capital letter has forms within their box, and is written with ink', () => {
  expect(LETTERS.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  for (const letter of LETTERS) {
    for (const { strokes } of LETTER_FORMS[letter]) {
      expect(strokes.flat().every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);
    }
    const image = drawDigit(new Random(1), 0, { forms: [LETTER_FORMS[letter]] });
    expect(image.filter((ink) => ink > 127).length).toBeGreaterThan(40);
  }
});
