/** `npm run bench -- --survey`: what a GPU does with every program, while there is time. See `engine/bench/survey.ts`. */
import type { Browser, Page } from 'playwright';
import { GPU_PROGRAMS } from '../automaton/programs/strategies.ts';
import { standardCases, type BenchResult } from '../bench/cases.ts';
import { describeMachine, type MachineFacts } from '../bench/machine.ts';
import { HEADINGS, lineOf } from '../bench/report.ts';
import type { SurveyRow } from '../bench/survey.ts';

/** The tiles along a side: 400, 1,600 and 6,400 digits. */
const SIDES = [20, 40, 80] as const;

/** How long the page runs for its frames to be counted. */
const PAGE_MILLISECONDS = 3000;

/** The page runs at the highest rate, so that the GPU decides. */
const PAGE_STEPS_PER_SECOND = 240;

/** How the page runs a model. Frames are the screen's: a busy GPU leaves some of them without a new picture. */
interface PageRow {
  readonly model: string;
  readonly digits: number;
  readonly strategy: string;
  readonly framesPerSecond: number;
  readonly stepsPerSecond: number;
}

export interface Survey {
  readonly renderer: string;
  readonly machine: MachineFacts;
  readonly page: readonly PageRow[];
  readonly programs: readonly SurveyRow[];
  /** 64 digits with the best program, and TensorFlow.js beside it. */
  readonly beside: readonly BenchResult[];
  /** What there was no time for. */
  readonly missing: readonly string[];
}

/**
 * Measures what matters most first, and stops when the time is up: the page, then TensorFlow.js, then the programs, from
 * few digits to many.
 *
 * @param address of the served site
 * @param seconds after which nothing new begins
 */
export async function survey(
  browser: Browser,
  address: string,
  models: readonly string[],
  machine: MachineFacts,
  seconds: number,
): Promise<Survey> {
  const end = performance.now() + 1000 * seconds;
  const bench = await browser.newPage();
  await bench.goto(new URL('bench/', address).href);
  await bench.waitForFunction(() => 'bench' in window);
  const renderer = await bench.evaluate(() => window.bench.renderer());
  const page: PageRow[] = [];
  const beside: BenchResult[] = [];
  const programs: SurveyRow[] = [];
  const missing: string[] = [];
  const inTime = async (name: string, work: () => Promise<void>): Promise<void> => {
    if (performance.now() >= end) {
      missing.push(name);
      return;
    }
    process.stderr.write(`${name} …\n`);
    await work();
  };
  for (const side of SIDES) {
    for (const model of models) {
      await inTime(`the page, ${model}, ${side * side} digits`, async () => {
        page.push(await watchPage(browser, address, model, side));
      });
    }
  }
  for (const [one] of standardCases(models, 'auto').slice(0, models.length)) {
    await inTime(`${one.name}, beside TensorFlow.js`, async () => {
      beside.push(...(await bench.evaluate((given) => window.bench.runGroup([given]), one)));
    });
  }
  for (const side of SIDES) {
    for (const model of models) {
      for (const strategy of GPU_PROGRAMS) {
        await inTime(`${model}, ${side * side} digits, ${strategy}`, async () => {
          programs.push(...(await surveyInPage(bench, model, side, strategy)));
        });
      }
    }
  }
  return { renderer, machine, page, programs, beside, missing };
}

function surveyInPage(page: Page, model: string, side: number, strategy: string): Promise<SurveyRow[]> {
  const given = { model, side, strategy };
  return page.evaluate((one) => window.bench.surveyModel(one.model, one.side, [one.strategy]), given);
}

async function watchPage(browser: Browser, address: string, model: string, side: number): Promise<PageRow> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const query = `?model=${model}&columns=${side}&rows=${side}&rate=${PAGE_STEPS_PER_SECOND}`;
    await page.goto(new URL(query, address).href);
    await page.evaluate(() => window.nca.ready);
    // The page finds its program meanwhile.
    await page.waitForTimeout(PAGE_MILLISECONDS);
    return await page.evaluate(
      async ({ digits, milliseconds }) => {
        const before = await window.nca.info();
        const start = performance.now();
        let frames = 0;
        while (performance.now() - start < milliseconds) {
          await new Promise(requestAnimationFrame);
          frames += 1;
        }
        const after = await window.nca.info();
        const seconds = (performance.now() - start) / 1000;
        return {
          model: after.model,
          digits,
          strategy: after.strategy,
          framesPerSecond: frames / seconds,
          stepsPerSecond: (after.step - before.step) / seconds,
        };
      },
      { digits: side * side, milliseconds: PAGE_MILLISECONDS },
    );
  } finally {
    await page.close();
  }
}

const number = (value: number | null): string => (value === null ? '–' : value.toFixed(value < 10 ? 2 : 0));

function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Returns a survey as Markdown, as it goes into BENCHMARKS.md. */
export function describeSurvey({ renderer, machine, page, programs, beside, missing }: Survey): string {
  return [
    renderer,
    describeMachine(machine),
    tableOf(
      ['model', 'digits', 'strategy', 'frames of the screen a second', 'steps a second'],
      page.map((row) => [
        row.model,
        String(row.digits),
        row.strategy,
        number(row.framesPerSecond),
        number(row.stepsPerSecond),
      ]),
    ),
    tableOf(
      ['model', 'digits', 'strategy', 'compile, ms', 'ms a step', 'by the GPU'],
      programs.map((row) => [
        row.model,
        String(row.digits),
        row.strategy,
        number(row.compileMs),
        row.fault ?? number(row.stepMs),
        number(row.gpuStepMs),
      ]),
    ),
    tableOf(HEADINGS, beside.map(lineOf)),
    missing.length === 0 ? 'Everything was measured.' : `There was no time for: ${missing.join('; ')}.`,
  ].join('\n\n');
}
