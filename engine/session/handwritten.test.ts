import { expect, test } from 'vitest';
import { colorClasses } from '../common/model/class-colors.ts';
import { isLetter, stampKey } from './handwritten.ts';

test('digits have their own keys, and the first ten classes of a model without digits the keys 1 to 9 and 0', () => {
  const keysOf = (names: readonly string[]): (string | null)[] => {
    const classes = colorClasses(names);
    return classes.map((_, label) => stampKey(classes, label));
  };
  expect(keysOf(['A', '7', 'heart', '0'])).toEqual([null, '7', null, '0']);
  expect(keysOf(Array.from('ABCDEFGHIJKL'))).toEqual([...Array.from('1234567890'), null, null]);
});

test('only single capital letters are letters', () => {
  expect(colorClasses(['A', 'a', 'AB', '7']).map(isLetter)).toEqual([true, false, false, false]);
});
