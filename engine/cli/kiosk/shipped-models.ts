/** The models that the exhibit's page will find. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../command-line/command.ts';
import { PROJECT_FOLDER, SITE_FOLDER } from '../site.ts';
import { type ListedModel, listModels } from '../vite-models.ts';

/**
 * Returns the names of the models, the default first, from the sources or, in a bundle, from the built site.
 * @throws UserError if there are none
 */
export function shippedModels(): string[] {
  const assets = join(PROJECT_FOLDER, 'assets');
  const list = join(SITE_FOLDER, 'models', 'index.json');
  const models = existsSync(assets)
    ? listModels(assets)
    : existsSync(list)
      ? (JSON.parse(readFileSync(list, 'utf8')) as ListedModel[])
      : [];
  if (models.length === 0) throw new UserError(`There is no model in ${assets}, nor in the built site.`);
  return models.map(({ name }) => name);
}
