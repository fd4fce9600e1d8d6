/** The named scenes whose pictures are compared: a page that stands still, seeded, at a fixed size. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageValues } from '../../engine/app/page-interface.ts';
import { listModels } from '../../engine/cli/vite-models.ts';
import { PROJECT_FOLDER } from '../../engine/cli/site.ts';
import { sha256 } from '../../engine/common/digest/sha256.ts';
import { PALETTES } from '../../engine/view/palettes.ts';
import { VIEWS } from '../../engine/view/views.ts';
import type { DigitsPage } from '../fixtures.ts';
import { type Comparison, expectPicture } from './expect-picture.ts';

/** Two pixels a cell: 4 × 3 tiles of 28 cells. Small pictures, and every cell is seen. */
export const VIEWPORT = { width: 224, height: 168 };

const QUERY = '?columns=4&rows=3&tile=28&seed=20&paused=1&ui=0&strategy=texture&palette=seed&view=label';

/** Steps after which cells still argue: a picture of unanimous digits would hide faults. */
const STEPS = 14;

export interface Scene {
  readonly name: string;
  /** Settings beside the usual ones. */
  readonly values: Partial<PageValues>;
}

/** Of the first model, from one and the same state: every view and every palette. */
export const LOOKS: readonly Scene[] = [
  ...VIEWS.map((view) => ({ name: `view-${view}`, values: { view, channel: 3, channelGreen: 5, channelBlue: 8 } })),
  ...PALETTES.map((palette) => ({ name: `palette-${palette}`, values: { palette, view: 'label' as const } })),
  { name: 'grid-turned-hues', values: { view: 'label', palette: 'seed', grid: true, hueShift: 90 } },
];

export interface ShippedModel {
  readonly name: string;
  /** Name and digest: a model that was trained again has other pictures. */
  readonly folder: string;
}

/** The models that the page offers, the first one first. */
export function shippedModels(): ShippedModel[] {
  const folder = join(PROJECT_FOLDER, 'assets');
  return listModels(folder).map(({ name, file }) => ({
    name,
    folder: `${name}-${sha256(readFileSync(join(folder, file))).slice(0, 8)}`,
  }));
}

/** Serves the models of the site where tests have their own. */
export async function serveShippedModels({ page }: DigitsPage): Promise<void> {
  await page.unroute('**/models/index.json');
  await page.unroute('**/models/*.ktx2');
}

/** Opens the page with a shipped model, stopped and seeded, and runs it to where its pictures are taken. */
export async function openScene(digits: DigitsPage, model: ShippedModel): Promise<void> {
  await serveShippedModels(digits);
  await digits.page.setViewportSize(VIEWPORT);
  await digits.open(`${QUERY}&model=${model.name}`);
  await digits.step(STEPS);
}

/** Compares a scene with its baseline. */
export async function expectScene(digits: DigitsPage, model: ShippedModel, scene: Scene): Promise<Comparison> {
  await digits.set(scene.values);
  // The view of disagreement shows the votes of the last measurement.
  await digits.stats();
  await digits.drawn();
  return expectPicture(digits.page.locator('#canvas'), [model.folder, scene.name]);
}
