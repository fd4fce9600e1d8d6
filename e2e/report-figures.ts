/** Figures that a test takes. */
import { test } from './fixtures.ts';

/** Tests of speed, which `npm test` runs one by one, with nothing beside them. */
export const ALONE = { tag: '@alone' };

/** Tells figures in the test's report, and on the console. */
export function reportFigures(type: string, description: string): void {
  test.info().annotations.push({ type, description });
  console.log(description);
}
