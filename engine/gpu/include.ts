/**
 * Replaces each line `#include "NAME"` by that file. A file that has already been included is left out.
 *
 * @param read returns the text of a file, or undefined if there is none
 * @throws Error if a file is missing
 */
export function resolveIncludes(name: string, read: (name: string) => string | undefined): string {
  const seen = new Set<string>();
  const resolve = (file: string): string => {
    if (seen.has(file)) return '';
    seen.add(file);
    const text = read(file);
    if (text === undefined) throw new Error(`There is no shader file "${file}".`);
    return text.replace(/^#include "([^"]+)"$/gm, (_, include: string) => resolve(include));
  };
  return resolve(name);
}
