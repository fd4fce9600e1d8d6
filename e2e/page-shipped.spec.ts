/** The page with the models that it ships, as a stranger meets it: painted digits decide what they are. */
import { expect, test } from './fixtures.ts';

/** A digit's strokes in a tile of 32 cells. */
type Strokes = readonly (readonly (readonly [x: number, y: number])[])[];

// prettier-ignore
const DIGITS: readonly Strokes[] = [
  [[[16, 6], [10, 10], [9, 18], [13, 25], [20, 23], [23, 15], [20, 8], [16, 6]]],
  [[[16, 6], [15, 26]]],
  [[[10, 9], [15, 6], [21, 9], [19, 15], [10, 25], [23, 25]]],
  [[[10, 7], [20, 7], [15, 14], [21, 19], [17, 25], [10, 24]]],
  [[[11, 7], [9, 17], [22, 17]], [[19, 7], [18, 26]]],
  [[[22, 7], [11, 7], [11, 15], [19, 15], [21, 21], [16, 26], [9, 24]]],
  [[[20, 6], [12, 14], [10, 21], [15, 26], [21, 22], [18, 17], [11, 19]]],
  [[[9, 8], [22, 8], [14, 25]]],
  [[[20, 9], [15, 6], [11, 10], [21, 20], [16, 26], [10, 21], [20, 11], [20, 9]]],
  [[[21, 10], [15, 7], [11, 11], [14, 16], [20, 13], [21, 10], [20, 26]]],
];

test.use({ viewport: { width: 400, height: 300 } });

test('each of the ten digits, painted with the mouse, is read as itself by the default model', async ({ digits }) => {
  test.setTimeout(240_000);
  await digits.page.unrouteAll();
  await digits.open('?columns=4&rows=3&paused=1');
  await digits.page.evaluate(() => window.nca.setCanvas({ columns: 4, rows: 3, tile: 32 }));
  for (const [digit, strokes] of DIGITS.entries()) {
    const [left, top] = [(digit % 4) * 32, Math.floor(digit / 4) * 32];
    for (const stroke of strokes) {
      await digits.stroke(...stroke.map(([x, y]): [number, number] => [left + x, top + y]));
    }
  }
  await digits.step(80);
  const { digits: read } = await digits.stats();
  expect(read.map(({ column, row, vote }) => [row * 4 + column, vote])).toEqual(
    DIGITS.map((_, digit) => [digit, digit]),
  );
});
