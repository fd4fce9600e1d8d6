/**
 * Puts the baked models under `assets/` into the site, with a list of them for the page.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { messageOf } from '../common/error-message.ts';
import { decodeModelFile } from '../common/model/file.ts';
import { multiplyAdds } from '../common/model/specification.ts';

/** One line of `models/index.json`; the first is the default model. */
export interface ListedModel {
  /** Its name for `?model=` and `useModel`. */
  name: string;
  /** Its file, in the folder of the list. */
  file: string;
  /** The name to display. */
  title: string;
  description: string;
  /** Multiply-adds for each cell and step: the cost for a device. */
  multiplyAdds: number;
}

/** The order of the models, with the default one first; others follow, sorted by name. */
const ORDER = ['accurate', 'swift', 'tiny', 'distill', 'cax'];

function rank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}

/** "accurate" → "Accurate", "cax" → "CAX". */
function titleOf(name: string): string {
  return name.length <= 3 ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Lists the model files in `folder`.
 * @throws Error that names a file that cannot be used, and why
 */
export function listModels(folder: string): ListedModel[] {
  const models = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.ktx2'))
    .map((file) => {
      try {
        const { specification } = decodeModelFile(readFileSync(join(folder, file)));
        const { name, description } = specification;
        return { name, file, title: titleOf(name), description, multiplyAdds: multiplyAdds(specification) };
      } catch (error) {
        throw new Error(`assets/${file} cannot be used: ${messageOf(error)}`, { cause: error });
      }
    });
  const twice = models.find(({ name }, index) => models.findIndex((other) => other.name === name) !== index);
  if (twice) throw new Error(`Two files under assets/ contain a model with the name "${twice.name}".`);
  return models.sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name, 'en'));
}

/** The plugin: emits `models/` in a build and serves it from the development server. */
export function viteModels(folder: string): Plugin {
  return {
    name: 'models',
    generateBundle() {
      const models = listModels(folder);
      if (models.length === 0) this.warn('There is no model under assets/; the page will have none to run.');
      for (const { file } of models) {
        this.emitFile({ type: 'asset', fileName: `models/${file}`, source: readFileSync(join(folder, file)) });
      }
      this.emitFile({ type: 'asset', fileName: 'models/index.json', source: JSON.stringify(models, null, 2) });
    },
    configureServer(server) {
      server.middlewares.use('/models/', (request, response, next) => {
        const path = (request.url ?? '').replace(/^\/|\?.*$/g, '');
        try {
          const models = listModels(folder);
          if (path === 'index.json') {
            response.setHeader('Content-Type', 'application/json');
            response.end(JSON.stringify(models));
          } else if (models.some(({ file }) => file === path)) {
            response.end(readFileSync(join(folder, path)));
          } else {
            next();
          }
        } catch (error) {
          next(error);
        }
      });
    },
  };
}
