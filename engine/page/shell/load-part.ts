/** Loads the parts of the page that are fetched only when they are first needed. */
import { messageOf } from '../../common/error-message.ts';
import { tryAgain } from '../../core/try-again.ts';
import { chooseLanguage, TEXTS } from './texts/index.ts';

/**
 * Returns the module that `load` imports. A failed import is retried once.
 * @throws Error with a message for the user
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await tryAgain(load);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(TEXTS[chooseLanguage(navigator.languages)].failures.part.text(reason), { cause: error });
  }
}
