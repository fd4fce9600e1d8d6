/** Pictures of the engine without the page, as the workbench shows them, and as they are computed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { blots, type PictureCase, pictureLayout, PICTURE_SEEDS, SPECIFICATIONS } from './harness/made-up.ts';
import type { PictureLook } from './harness/picture.ts';
import { randomModel } from './harness/random-model.ts';
import { comparePicture, type PictureComparison } from './kit/compare-picture.ts';
import { expectedPicture } from './kit/expected-picture.ts';
import type { ExpectedPicture } from './kit/plain-display.ts';
import { type PlainRun, runPlainly } from './kit/plain-run.ts';
import { precisionOf } from './kit/rounding.ts';
import { parseStrategy } from '../engine/automaton/programs/strategies.ts';

/** Where a case comes to, by the plain reference. */
export function runCase(given: PictureCase): PlainRun {
  const strategy = parseStrategy(given.strategy);
  if (!strategy) throw new Error(`There is no strategy "${given.strategy}".`);
  return runPlainly({
    model: given.shipped
      ? readFileSync(join(import.meta.dirname, '..', 'assets', `${given.specification}.ktx2`))
      : randomModel(SPECIFICATIONS[given.specification], PICTURE_SEEDS.model),
    layout: pictureLayout(given),
    ink: blots(given.size, PICTURE_SEEDS.ink),
    seed: PICTURE_SEEDS.chance,
    steps: given.steps,
    firing: given.firing,
    dropout: given.dropout,
    precision: precisionOf(strategy),
  });
}

/** Compares a look of the case that the workbench shows. */
export async function compareLook(
  workbench: Page,
  run: PlainRun,
  look: PictureLook,
): Promise<{ expected: ExpectedPicture; comparison: PictureComparison }> {
  await workbench.evaluate((given) => window.engine.showLook(given), look);
  const picture = await workbench.locator('canvas').screenshot();
  const expected = expectedPicture(run, { ...look, size: look.stage });
  return { expected, comparison: comparePicture(picture, expected) };
}

/** What a state consists of, seen whole: what cells say, how sure they are, and every channel. */
export function allOf({ model, width, height }: PlainRun): PictureLook[] {
  const { count } = model.specification.channels;
  const stage = { width: 2 * width, height: 2 * height };
  const channel = (index: number): number => Math.min(index, count - 1);
  const channels = Array.from({ length: Math.ceil(count / 3) }, (_, third): PictureLook => {
    const first = 3 * third;
    return { view: 'channels', channels: [channel(first), channel(first + 1), channel(first + 2)], stage };
  });
  const labels = (['label', 'confidence', 'flicker', 'disagreement'] as const).map((view): PictureLook => {
    return { view, channels: [0, 0, 0], stage };
  });
  return [...labels, ...channels];
}
