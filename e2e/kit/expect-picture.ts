/**
 * Compares a canvas with its baseline: `baselines/<renderer>-<version>/<name>.png`. What has no baseline is
 * told and skipped, never red; what is flat is red everywhere.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { type Renderer, rendererOf } from './renderer.ts';

/** How far a picture may be from its baseline; see the README for where the figures come from. */
export interface Tolerance {
  /** Difference of a pixel's colour that does not count, 0…1. */
  readonly threshold: number;
  /** Share of the pixels that may differ by more. */
  readonly maxDiffPixelRatio: number;
}

/** The same program rounds the same way; another processor's vector units may flip a cell that is torn. */
const SOFTWARE_TOLERANCE: Tolerance = { threshold: 0.02, maxDiffPixelRatio: 0.002 };
/** Drivers contract and reorder arithmetic from one version to the next. */
const GPU_TOLERANCE: Tolerance = { threshold: 0.05, maxDiffPixelRatio: 0.01 };
/** Against the baselines of another version of the same renderer. */
const OTHER_VERSION_TOLERANCE: Tolerance = { threshold: 0.1, maxDiffPixelRatio: 0.02 };

/** A picture with fewer colours, or with more of its pixels in one colour, shows nothing. */
const LEAST_COLORS = 3;
const MOST_IN_ONE_COLOR = 0.995;

/** What became of a comparison. */
export type Comparison = 'same' | 'updated' | 'no baseline' | 'other version differs';

/**
 * @param canvas of a page that stands still
 * @param path folders and name of the picture under the renderer's folder
 * @throws if it is flat, or is not what its baseline shows
 */
export async function expectPicture(canvas: Locator, path: readonly string[]): Promise<Comparison> {
  const page = canvas.page();
  const picture = await canvas.screenshot();
  await expectNotFlat(canvas, picture, path.join('/'));
  const renderer = await rendererOf(page);
  const place = (folder: string): string[] => [folder, ...path.slice(0, -1), `${path[path.length - 1]}.png`];
  const info = test.info();
  const tolerance = renderer.isSoftware ? SOFTWARE_TOLERANCE : GPU_TOLERANCE;
  const isUpdating = info.config.updateSnapshots === 'all' || info.config.updateSnapshots === 'changed';
  const own = place(renderer.folder);
  if (isUpdating || existsSync(info.snapshotPath(...own))) {
    expect(picture).toMatchSnapshot(own, tolerance);
    return isUpdating ? 'updated' : 'same';
  }
  const other = newestOther(renderer, dirname(info.snapshotPath(renderer.folder)), (folder) =>
    existsSync(info.snapshotPath(...place(folder))),
  );
  if (other === null) return note('no baseline', `${renderer.folder} has no baseline of ${path.join('/')}`);
  try {
    expect(picture).toMatchSnapshot(place(other), OTHER_VERSION_TOLERANCE);
    return 'same';
  } catch {
    return note('other version differs', `${path.join('/')} is not what ${other} has drawn`);
  }
}

/** Skips the rest of a test whose pictures could not be compared, and says what makes them comparable. */
export function skipUnlessCompared(comparisons: readonly Comparison[]): void {
  const missing = comparisons.filter((one) => one === 'no baseline' || one === 'other version differs').length;
  const text = `${missing} pictures have no baseline of this renderer and this model; "npm run baselines" makes them.`;
  test.skip(missing > 0, text);
}

function note(result: Comparison, description: string): Comparison {
  test.info().annotations.push({ type: 'baseline', description });
  return result;
}

/** The folder of the newest other version of the same renderer that has the picture. */
function newestOther({ family, version }: Renderer, root: string, has: (folder: string) => boolean): string | null {
  if (!existsSync(root)) return null;
  const versions = readdirSync(root)
    .filter((folder) => folder.startsWith(`${family}-`) && has(folder))
    .map((folder) => Number(folder.slice(family.length + 1)))
    .filter((one) => Number.isInteger(one) && one !== version)
    .sort((a, b) => b - a);
  return versions.length > 0 ? `${family}-${versions[0]}` : null;
}

/** Green on nothing is red: a blank, black or single-coloured canvas shows no automaton. */
async function expectNotFlat(canvas: Locator, picture: Buffer, name: string): Promise<void> {
  const { colors, most } = await canvas.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(context?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? []);
    const counts = new Map<number, number>();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return { colors: counts.size, most: Math.max(0, ...counts.values()) / pixels.length };
  }, picture.toString('base64'));
  expect(colors, `colours in ${name}`).toBeGreaterThanOrEqual(LEAST_COLORS);
  expect(most, `share of the commonest colour in ${name}`).toBeLessThan(MOST_IN_ONE_COLOR);
}
