/** Loads the parts of the page that are fetched when they are first wanted. */
import { messageOf } from '../../common/error-message.ts';
import { tryAgain } from '../../core/try-again.ts';
import { chooseLanguage, TEXTS } from './texts/index.ts';

/**
 * The module that `load` imports; an import that fails is tried again once.
 * @throws Error with a sentence for the user
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await tryAgain(load);
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(TEXTS[chooseLanguage(navigator.languages)].failures.part.text(reason), { cause: error });
  }
}
