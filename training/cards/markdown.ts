/** Parts of a card. */

/** A share in percent. */
export const percent = (share: number): string => (100 * share).toFixed(1);

/** A whole number, such as "1,200". */
export const count = (value: number): string => value.toLocaleString('en');

/** A table in Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [heads, heads.map(() => '---'), ...rows].map(line).join('\n');
}
