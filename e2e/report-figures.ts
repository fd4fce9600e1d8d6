/** Figures that a test takes: in its report, and on the console. */
import { test } from './fixtures.ts';

export function reportFigures(type: string, description: string): void {
  test.info().annotations.push({ type, description });
  console.log(description);
}
