import { describe, expect, it } from 'vitest';
import { DIGIT_FORMS } from '../../engine/common/handwriting/digit-forms.ts';
import { furtherForms } from '../../engine/common/handwriting/further-forms.ts';
import { randomHand, writeDigit } from '../../engine/common/handwriting/write-digit.ts';
import { Random } from '../../engine/common/random/random.ts';
import { nameAnyForm, nameForm, type FormName } from './name-form.ts';

const COUNT = 60;

/** How often glyphs of a form get each name. */
function namesOf(digit: number, form: (typeof DIGIT_FORMS)[number][number]): Map<FormName | null, number> {
  const random = new Random(digit + 1);
  const names = new Map<FormName | null, number>();
  for (let index = 0; index < COUNT; index += 1) {
    const name = nameAnyForm(String(digit), writeDigit(random, 0, randomHand(random), [[form]]));
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  return names;
}

describe('the form of a digit', () => {
  it.each([
    ['slashed 0', 0, furtherForms(0)[0]],
    ['slashed 0', 0, furtherForms(0)[1]],
    ['1 with a foot', 1, furtherForms(1)[1]],
    ['1 with a flag', 1, furtherForms(1)[0]],
    ['4 in one stroke', 4, furtherForms(4)[0]],
    ['9 with a curled tail', 9, furtherForms(9)[1]],
    ['crossed 7', 7, DIGIT_FORMS[7][1]],
    ['2 without a loop', 2, DIGIT_FORMS[2][0]],
    ['wide 6', 6, furtherForms(6)[0]],
  ] as const)('is recognised: %s', (name, digit, form) => {
    expect(namesOf(digit, form).get(name) ?? 0).toBeGreaterThan(0.85 * COUNT);
  });

  it.each([
    [0, DIGIT_FORMS[0][0]],
    [1, DIGIT_FORMS[1][0]],
    [4, DIGIT_FORMS[4][0]],
    [7, DIGIT_FORMS[7][0]],
    [9, DIGIT_FORMS[9][0]],
    [3, DIGIT_FORMS[3][0]],
    [2, DIGIT_FORMS[2][1]],
    [6, DIGIT_FORMS[6][1]],
  ] as const)('has no name where a %i is written as most people write it', (digit, form) => {
    expect(namesOf(digit, form).get(null) ?? 0).toBeGreaterThan(0.9 * COUNT);
  });

  it.each([
    [2, DIGIT_FORMS[2][0]],
    [6, furtherForms(6)[0]],
  ] as const)('is none of the rare ones, however hard it is: a %i', (digit, form) => {
    const random = new Random(1);
    expect(nameForm(String(digit), writeDigit(random, 0, randomHand(random), [[form]]))).toBeNull();
  });
});
