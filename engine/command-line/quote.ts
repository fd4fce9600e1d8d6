/** A word of a command for a shell, in quotes if it needs them or if `always`. */
export function quoteWord(word: string, always = false): string {
  return !always && /^[\w./@=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
