/**
 * Brings the page to states whose pictures can be computed, and compares every view. It knows nothing of what drives
 * the browser, so that each browser's suite can use it.
 */
import { readFileSync } from 'node:fs';
import { parseStrategy } from '../engine/automaton/programs/strategies.ts';
import type { PageInfo, PageValues } from '../engine/page/page-interface.ts';
import { drawDigit } from '../engine/common/handwriting/draw-digit.ts';
import { Random } from '../engine/common/random/random.ts';
import { VIEWS } from '../engine/view/views.ts';
import { comparePicture, type PictureComparison } from './kit/compare-picture.ts';
import { expectedPicture, type ExpectedPictureOptions, stepEarlier } from './kit/expected-picture.ts';
import type { ExpectedPicture } from './kit/plain-display.ts';
import { inkOfDigits, type PlainRun, runPlainly } from './kit/plain-run.ts';
import { precisionOf, SINGLE_PRECISION } from './kit/rounding.ts';
import type { ShippedModel } from './shipped-models.ts';

/** A page of the built site in some browser. */
export interface ComputedPage {
  /** Runs a function in the page, which sees nothing but what it is given; that and its result go through JSON. */
  evaluate<Result, Given>(work: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>;
  /** What the canvas shows, as PNG; it fills the window. */
  screenshot(): Promise<Uint8Array>;
}

/** How the page is opened: everything else is told to it. */
export const COMPUTED_QUERY = '?columns=2&rows=2&tile=28&seed=1&paused=1&ui=0&adapt=0&strategy=texture&palette=seed';

/** Few digits, since the plain reference takes its time; two pixels a cell. */
const LAYOUT = { columns: 2, rows: 2, tile: 28 };
export const COMPUTED_VIEWPORT = { width: 112, height: 112 };

const SEED = 20;
/** Digits that models confuse, so that cells argue. */
const DIGITS = [3, 8, 4, 9];
/** Steps after which they still do: a picture of unanimous digits would hide faults. */
const STEPS = 10;

/** The channels for red, green and blue: some of the hidden ones. */
const CHANNELS = [3, 5, 8] as const;

const images = new Uint8Array(784 * DIGITS.length);
DIGITS.forEach((digit, index) => images.set(drawDigit(new Random(SEED + index), digit), 784 * index));

/** What the page shows of a model, and how: settings of the page that are expected in the picture. */
export type ComputedLook = Partial<Pick<PageValues, 'view' | 'palette' | 'hueShift' | 'grid'>> &
  Pick<PageValues, 'view'>;

/** Every view, in the palette of the model. */
export const EVERY_VIEW: readonly ComputedLook[] = VIEWS.map((view) => ({ view }));

/** Where a shipped model comes to, by the plain reference. */
export function runShipped(model: ShippedModel, strategy = 'texture'): PlainRun {
  const parsed = parseStrategy(strategy);
  return runPlainly({
    model: readFileSync(model.path),
    layout: LAYOUT,
    ink: inkOfDigits(LAYOUT, images),
    seed: SEED,
    steps: STEPS,
    precision: parsed ? precisionOf(parsed) : SINGLE_PRECISION,
  });
}

/** Brings the page to the same place, where `window.nca` is ready. */
export function stepShipped(page: ComputedPage, { name }: ShippedModel, strategy = 'texture'): Promise<PageInfo> {
  const given = { name, strategy, layout: LAYOUT, seed: SEED, steps: STEPS, images: Array.from(images) };
  return page.evaluate(async (told) => {
    const { nca } = window;
    await nca.pause();
    await nca.useModel(told.name);
    await nca.setCanvas(told.layout);
    // The steps wait for it.
    await nca.set({ strategy: told.strategy });
    await nca.setDigits(Uint8Array.from(told.images));
    await nca.reset({ seed: told.seed });
    await nca.step(told.steps);
    return nca.info();
  }, given);
}

/** Shows a look on the page, and computes the picture of it for the canvas as large as it is. */
export async function showLook(
  page: ComputedPage,
  run: PlainRun,
  look: ComputedLook,
): Promise<{ expected: ExpectedPicture; earlier: ExpectedPicture }> {
  const [channel, channelGreen, channelBlue] = CHANNELS;
  const usual = { palette: 'seed', hueShift: 0, grid: false, channel, channelGreen, channelBlue } as const;
  const size = await page.evaluate(
    async (values) => {
      const frame = () => new Promise(requestAnimationFrame);
      await window.nca.set(values);
      // A new size of the window reaches the picture with the next frame.
      await frame();
      await window.nca.drawn();
      await frame();
      const { width, height } = (document.querySelector('#canvas') ?? document.body).getBoundingClientRect();
      return { width, height, density: window.devicePixelRatio };
    },
    { ...usual, ...look },
  );
  const options: ExpectedPictureOptions = { ...look, channels: CHANNELS, size, devicePixelRatio: size.density };
  return { expected: expectedPicture(run, options), earlier: expectedPicture(stepEarlier(run), options) };
}

/** What came of one view of one model. */
export interface ComputedRow {
  readonly model: ShippedModel;
  readonly look: ComputedLook;
  readonly expected: ExpectedPicture;
  readonly comparison: PictureComparison;
}

/** Compares looks of a shipped model with what was computed; one row each, in order. */
export async function compareShipped(
  page: ComputedPage,
  model: ShippedModel,
  looks: readonly ComputedLook[] = EVERY_VIEW,
  strategy = 'texture',
): Promise<ComputedRow[]> {
  const run = runShipped(model, strategy);
  await stepShipped(page, model, strategy);
  const rows: ComputedRow[] = [];
  for (const look of looks) {
    const { expected, earlier } = await showLook(page, run, look);
    rows.push({ model, look, expected, comparison: comparePicture(await page.screenshot(), expected, [earlier]) });
  }
  return rows;
}
