/** Compares a canvas with the picture that was computed, in a Playwright test. */
import { expect, type Locator, test } from '@playwright/test';
import { comparePicture, differencePng, type PictureComparison } from './compare-picture.ts';
import type { ExpectedPicture } from './plain-display.ts';

/**
 * @param canvas of a page that stands still
 * @param others pictures that it may be instead, which the message then names
 * @throws if it shows another picture; expected, actual and difference are attached to the test
 */
export async function expectComputed(
  canvas: Locator,
  expected: ExpectedPicture,
  others: readonly ExpectedPicture[] = [],
): Promise<PictureComparison> {
  const comparison = comparePicture(await canvas.screenshot(), expected, others);
  if (!comparison.isSame) {
    await test.info().attach(`${expected.name}: expected, actual, difference`, {
      body: differencePng(comparison, expected),
      contentType: 'image/png',
    });
  }
  expect(comparison.isSame, comparison.message).toBe(true);
  return comparison;
}
