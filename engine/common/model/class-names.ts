/** What the names of a model's classes tell about it. */

/** Whether a model's classes are all digits, so that what it reads can be called a digit. */
export function knowsOnlyDigits(classes: readonly { readonly name: string }[]): boolean {
  return classes.every(({ name }) => /^\d$/.test(name));
}
