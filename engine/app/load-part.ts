/** Loads the parts of the page that are fetched when they are first wanted. */
import { tryAgain } from '../core/try-again.ts';
import { chooseTexts } from './texts/index.ts';

/**
 * The module that `load` imports; an import that fails is tried again once.
 * @throws Error with a sentence for the user
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await tryAgain(load);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(chooseTexts(navigator.languages).failures.part.text(reason), { cause: error });
  }
}
