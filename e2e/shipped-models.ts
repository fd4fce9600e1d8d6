/** The models that the site is built with, for tests that do not bring their own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listModels } from '../engine/cli/vite-models.ts';
import { PROJECT_FOLDER } from '../engine/cli/site.ts';
import { sha256 } from '../engine/common/digest/sha256.ts';
import type { DigitsPage } from './fixtures.ts';

export interface ShippedModel {
  readonly name: string;
  /** Its file. */
  readonly path: string;
  /** Name and digest: a model that was trained again has other pictures. */
  readonly folder: string;
}

/** The models that the page offers, the first one first. */
export function shippedModels(): ShippedModel[] {
  return listModels(join(PROJECT_FOLDER, 'assets')).map(({ name, file }) => {
    const path = join(PROJECT_FOLDER, 'assets', file);
    return { name, path, folder: `${name}-${sha256(readFileSync(path)).slice(0, 8)}` };
  });
}

/** Serves the models of the site where tests have their own. */
export async function serveShippedModels({ page }: DigitsPage): Promise<void> {
  await page.unroute('**/models/index.json');
  await page.unroute('**/models/*.ktx2');
}
