/** Finds the word that was probably meant by a mistyped one. */
import { closestMatch } from 'leven';

/** One mistake is allowed for each so many letters, so longer words may contain more. */
const LETTERS_A_MISTAKE = 3;
const MOST_MISTAKES = 3;
/** A prefix of this many letters is enough. */
const LEAST_BEGINNING = 2;
/** Longer texts are not considered words. */
const MOST_LETTERS = 64;

/** Returns the one of `words` that is most similar to `word`, or null if none is similar. */
export function nearestOf(word: string, words: readonly string[]): string | null {
  if (word === '' || word.length > MOST_LETTERS) return null;
  const wanted = word.toLowerCase();
  const small = words.map((each) => each.toLowerCase());
  const same = small.indexOf(wanted);
  if (same >= 0) return words[same];
  const maxDistance = Math.min(MOST_MISTAKES, Math.ceil(word.length / LETTERS_A_MISTAKE));
  const near = closestMatch(wanted, small, { maxDistance });
  if (near !== undefined) return words[small.indexOf(near)];
  const begun = small.findIndex(
    (each) =>
      (wanted.length >= LEAST_BEGINNING && each.startsWith(wanted)) ||
      (each.length >= LEAST_BEGINNING && wanted.startsWith(each)),
  );
  return begun >= 0 ? words[begun] : null;
}

/** Returns `; did you mean "swift"?`, or an empty text if no word is similar. */
export function didYouMean(word: unknown, words: readonly string[]): string {
  const near = typeof word === 'string' ? nearestOf(word, words) : null;
  return near === null ? '' : `; did you mean "${near}"?`;
}
