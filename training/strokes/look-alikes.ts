/** Signs that people write as they write a digit: what they are cannot be told from the ink. */
const LIKE_DIGITS = /^(?:[BDGIOQSYZ!()/|\\',`[\]{};"%?]|\\["\\])$/;

/** Whether a sign, which is no digit, is written as one, so that nobody can say which it is. */
export function looksLikeDigit(label: string): boolean {
  return LIKE_DIGITS.test(label);
}

/** Whether all classes of a model are digits, so that other signs are none of them or look like one. */
export function areDigits(classNames: readonly string[]): boolean {
  return classNames.every((name) => /^\d$/.test(name));
}
