/** The first of the languages somebody wants, such as `de-AT`, that there is, such as `de`; null if there is none. */
export function pickLanguage<Language extends string>(
  wanted: readonly string[],
  there: readonly Language[],
): Language | null {
  for (const name of wanted) {
    const [start] = name.toLowerCase().split('-');
    const language = there.find((one) => one === start);
    if (language !== undefined) return language;
  }
  return null;
}
