/** Loads the list of models and the first model. */
import { messageOf } from '../../common/error-message.ts';
import { ModelError } from '../../common/model/model-error.ts';
import type { Model } from '../../common/model/weights.ts';
import { StartError } from './failure-page.ts';
import { ModelLibrary } from './models.ts';
import type { Notices } from './notices.ts';
import type { Query } from './query.ts';
import type { Texts } from './texts/index.ts';

/**
 * Returns the model that the address names, or else the first usable one in the list.
 * @throws StartError if no model can be used
 */
export async function loadFirstModel(
  { model: asked }: Query,
  texts: Texts,
  notices: Notices,
): Promise<{ library: ModelLibrary; model: Model }> {
  let library: ModelLibrary;
  try {
    library = await ModelLibrary.open(texts.models);
  } catch (error) {
    throw new StartError({ text: messageOf(error), steps: texts.failures.noModel.steps });
  }
  const names = library.entries.map(({ name }) => name);
  if (asked !== undefined && !library.has(asked)) {
    notices.show(texts.notices.unknownModel(asked.slice(0, 40), names[0] ?? ''), { kind: 'warning' });
  }
  const candidates = asked !== undefined && library.has(asked) ? [asked, ...names] : names;
  let reason = texts.failures.noModel.text;
  for (const name of new Set(candidates)) {
    try {
      return { library, model: await library.load(name) };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      reason = texts.notices.modelFailed(name, error.message);
      notices.show(reason, { kind: 'error' });
    }
  }
  throw new StartError({ text: reason, steps: texts.failures.noModel.steps });
}
