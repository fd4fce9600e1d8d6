/**
 * The shipped models in the browser, on the digits that they were measured on: the figures are those in their files.
 * `MNIST=DIR npx playwright test e2e/accuracy.spec.ts`, with MNIST's training images in DIR, takes many minutes
 * a model on a software renderer; what was read is printed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { decodeModelFile } from '../engine/common/model/file.ts';
import type { AccuracyRecord } from '../engine/common/model/specification.ts';
import { CELLS } from '../engine/learning/rollout/live-cells.ts';
import { readMnist, splitTraining, TRAINING } from '../training/digits/mnist.ts';
import { type DigitsPage, expect, test } from './fixtures.ts';

const FOLDER = process.env['MNIST'];
const SHIPPED = readdirSync('assets').filter((file) => file.endsWith('.ktx2'));
const LAYOUT = { columns: 25, rows: 20, tile: 32 };
const AT_ONCE = LAYOUT.columns * LAYOUT.rows;
/** Evaluation seeds alone lie a few tenths of a point apart. */
const TOLERANCE = 0.005;
/** While digits are about to agree, how many have done so changes by points with each step, and by seed. */
const EARLY_AGREEMENT = { until: 20, tolerance: 0.02 };

/** Shares of all cells, and of all digits. */
interface Figures {
  readonly step: number;
  cellAccuracy: number;
  agreement: number;
  majorityAccuracy: number;
}

/** Reads digits from a fresh state; returns sums over cells, over digits, and how many cells and digits there are. */
async function read(
  digits: DigitsPage,
  images: Uint8Array,
  labels: Uint8Array,
  steps: readonly number[],
  seed: number,
) {
  await digits.page.evaluate(
    async (given) => {
      await window.nca.setDigits(Uint8Array.from(given.images), given.labels);
      await window.nca.reset({ seed: given.seed });
    },
    { images: [...images], labels: [...labels], seed },
  );
  const sums: { cells: number; figures: Figures }[] = [];
  let done = 0;
  for (const step of steps) {
    await digits.step(step - done);
    done = step;
    const { inkCells, cellAccuracy, agreement, majorityAccuracy } = await digits.stats();
    const figures = {
      step,
      cellAccuracy: (cellAccuracy ?? 0) * inkCells,
      agreement: (agreement ?? 0) * labels.length,
      majorityAccuracy: (majorityAccuracy ?? 0) * labels.length,
    };
    sums.push({ cells: inkCells, figures });
  }
  return sums;
}

/** What the page reads of these digits, at the steps of the record. */
async function measure(digits: DigitsPage, record: AccuracyRecord, folder: string): Promise<Figures[]> {
  const { validation } = splitTraining(readMnist(folder, TRAINING, (message) => console.log(message)));
  const steps = record.steps.map(({ step }) => step);
  const totals = steps.map((step): Figures => ({ step, cellAccuracy: 0, agreement: 0, majorityAccuracy: 0 }));
  const cells = steps.map(() => 0);
  for (let start = 0; start < record.digits; start += AT_ONCE) {
    const end = Math.min(start + AT_ONCE, record.digits);
    const images = validation.images.subarray(start * CELLS, end * CELLS);
    const sums = await read(digits, images, validation.labels.subarray(start, end), steps, start);
    for (const [index, sum] of sums.entries()) {
      cells[index] += sum.cells;
      totals[index].cellAccuracy += sum.figures.cellAccuracy;
      totals[index].agreement += sum.figures.agreement;
      totals[index].majorityAccuracy += sum.figures.majorityAccuracy;
    }
  }
  return totals.map(({ step, cellAccuracy, agreement, majorityAccuracy }, index) => ({
    step,
    cellAccuracy: cellAccuracy / cells[index],
    agreement: agreement / record.digits,
    majorityAccuracy: majorityAccuracy / record.digits,
  }));
}

const percent = (share: number): string => (100 * share).toFixed(2);

for (const file of SHIPPED) {
  test(`${file} reads in the browser what its file says, within half a point`, async ({ digits }) => {
    test.skip(FOLDER === undefined, 'MNIST=DIR names the digits to read.');
    test.setTimeout(3_600_000);
    const { specification } = decodeModelFile(readFileSync(`assets/${file}`));
    const record = specification.accuracy;
    if (!record || FOLDER === undefined) throw new Error(`${file} was not measured.`);
    expect(record.split).toBe('MNIST validation');
    await digits.page.unrouteAll();
    await digits.open(`?model=${specification.name}&columns=2&rows=2&paused=1`);
    await digits.page.evaluate((layout) => window.nca.setCanvas(layout), LAYOUT);
    // As they were trained and measured; blocks of cells that fire together are a little quicker at first.
    await digits.set({ firing: 'cell' });
    const figures = await measure(digits, record, FOLDER);
    for (const [index, { step, cellAccuracy, agreement, majorityAccuracy }] of figures.entries()) {
      const wanted = record.steps[index];
      console.log(
        `${file}, ${record.digits} digits, step ${step}: cells ${percent(cellAccuracy)} (${percent(wanted.cellAccuracy)}), ` +
          `agreement ${percent(agreement)} (${percent(wanted.agreement)}), ` +
          `majority ${percent(majorityAccuracy)} (${percent(wanted.majorityAccuracy)})`,
      );
      for (const [name, value] of Object.entries({ cellAccuracy, agreement, majorityAccuracy })) {
        const distance = Math.abs(value - wanted[name as 'agreement']);
        const isEarly = name === 'agreement' && step <= EARLY_AGREEMENT.until;
        const tolerance = isEarly ? EARLY_AGREEMENT.tolerance : TOLERANCE;
        expect.soft(distance, `${name} at step ${step}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });
}
