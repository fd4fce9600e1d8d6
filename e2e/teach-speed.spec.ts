/**
 * How long a visitor waits for the new colour, and what the canvas does meanwhile, with a model that ships, software GL and
 * one thread that learns. `STRICT=1` applies the bar of a quiet machine.
 */
import { rasterizeStrokes } from '../engine/common/handwriting/rasterize.ts';
import { Random } from '../engine/common/random/random.ts';
import { handDrawn } from './draw-sign.ts';
import { expect, test } from './fixtures.ts';
import { serveShippedModels } from './shipped-models.ts';

const SLACK = process.env['STRICT'] === '1' ? 1 : 6;
const FIRST_TILE_SECONDS = 15 * SLACK;

const SIGN = '★';
const DRAWINGS = 10;
/** Tiles of the canvas that show the sign from the start. */
const SIGN_TILES = 5;
const SIDE = 28;

test('the first tile has the new colour soon after a sign begins to be learnt', async ({ digits }) => {
  test.setTimeout(FIRST_TILE_SECONDS * 1000 + 60_000);
  await serveShippedModels(digits);
  await digits.open('?columns=8&rows=5&seed=5&model=swift&rate=30');
  const random = new Random(6);
  const drawings = Array.from({ length: DRAWINGS }, () => handDrawn(SIGN, random));
  const images = Array.from({ length: SIGN_TILES }, () => {
    const strokes = handDrawn(SIGN, random).map((stroke) =>
      stroke.map(({ x, y }) => ({ x: SIDE * x, y: SIDE * y, pressure: 1 })),
    );
    return Array.from(rasterizeStrokes(strokes, { width: SIDE, height: SIDE, radius: 1.5 }));
  }).flat();
  const seen = await digits.page.evaluate(
    async ({ given, name, ink, tiles, patience }) => {
      const { nca } = window;
      const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
      const rate = async (milliseconds: number): Promise<number> => {
        const [from, since] = [(await nca.info()).step, performance.now()];
        await wait(milliseconds);
        return (1000 * ((await nca.info()).step - from)) / (performance.now() - since);
      };
      await nca.setDigits(Uint8Array.from(ink));
      await wait(2000);
      const before = await rate(2000);
      let [last, longestGap] = [performance.now(), 0];
      const note = (now: number): void => {
        longestGap = Math.max(longestGap, now - last);
        last = now;
        requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
      const start = performance.now();
      const failure = nca.teach({ name, drawings: given }, { seconds: patience }).then(
        () => 'The course ended before the first tile was read.',
        (error: unknown) => String(error),
      );
      const seconds = (): number => (performance.now() - start) / 1000;
      let first: number | null = null;
      let error: string | null = null;
      void failure.then((text) => (error = text));
      while (first === null && error === null) {
        await wait(200);
        const { digits: read } = await nca.stats();
        const newClass = 10;
        if (read.slice(0, tiles).some(({ vote }) => vote === newClass)) first = seconds();
      }
      const during = await rate(3000);
      return { first, error, before, during, longestGap };
    },
    { given: drawings, name: SIGN, ink: images, tiles: SIGN_TILES, patience: FIRST_TILE_SECONDS },
  );
  const { first, error, before, during, longestGap } = seen;
  expect(error).toBeNull();
  const text =
    `First tile after ${first?.toFixed(1)} s; ${during.toFixed(1)} steps a second while learning, ${before.toFixed(1)} before; ` +
    `longest time between two frames ${longestGap.toFixed(0)} ms.`;
  test.info().annotations.push({ type: 'teaching', description: text });
  console.log(text);
  expect(first).toBeLessThan(FIRST_TILE_SECONDS);
});
