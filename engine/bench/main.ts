/**
 * The page `/bench`. It measures this device, draws the bars and lets the user copy the result. `npm run bench` runs
 * the same code through `window.bench`.
 */
import { messageOf } from '../common/error-message.ts';
import { STRATEGIES } from '../automaton/programs/strategies.ts';
import { type BenchResult, standardCases, wholeMatrix } from './cases.ts';
import { type BenchReport, describeCost, fitCosts, HEADINGS, lineOf } from './report.ts';
import { listModels, rendererName, runGroup, surveyModel } from './run.ts';

const COPIED_MILLISECONDS = 3000;

const bench = {
  runGroup,
  surveyModel,
  renderer: rendererName,
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}

window.bench = bench;

function element<E extends Element>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no element "${id}".`);
}

const progress = element('progress', HTMLElement);
const startButton = element('start', HTMLButtonElement);
const copyButton = element('copy', HTMLButtonElement);
const result = element('result', HTMLElement);
let report: BenchReport | null = null;

/** Shows the table so far. The bars show the time of a step, relative to the longest one. */
function show(cases: readonly BenchResult[], costs: readonly string[]): void {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const heading of HEADINGS) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = heading;
    head.append(cell);
  }
  const longest = Math.max(...cases.map(({ msPerStep }) => msPerStep));
  const body = table.createTBody();
  for (const measured of cases) {
    const row = body.insertRow();
    lineOf(measured).forEach((text, column) => {
      const cell = row.insertCell();
      cell.textContent = text;
      if (HEADINGS[column] !== 'ms a step') return;
      cell.className = 'bar';
      cell.style.setProperty('--share', `${(100 * measured.msPerStep) / longest}%`);
    });
  }
  const lines = costs.map((text) => {
    const line = document.createElement('p');
    line.textContent = text;
    return line;
  });
  result.replaceChildren(table, ...lines);
  result.hidden = false;
}

/** @throws Error if there is no clipboard, or if access is denied */
async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

async function measure(): Promise<void> {
  const renderer = bench.renderer();
  const models = await listModels();
  const isWhole = element('whole', HTMLInputElement).checked;
  const groups = isWhole ? wholeMatrix(models, STRATEGIES) : standardCases(models, 'auto');
  const cases: BenchResult[] = [];
  for (const [index, group] of groups.entries()) {
    progress.textContent = `${index + 1} of ${groups.length}: ${group.map(({ name }) => name).join(' · ')}`;
    cases.push(...(await runGroup(group)));
    show(cases, []);
  }
  const costModels = fitCosts(cases);
  report = { renderer, cases, costModels };
  show(cases, costModels.map(describeCost));
  const roofs = cases.map(({ roofGflops }) => roofGflops);
  const [least, most] = [Math.min(...roofs), Math.max(...roofs)].map((roof) => roof.toFixed(1));
  progress.textContent = `Done. The roof (multiply-adds alone) was ${least} to ${most} GFLOP/s.`;
  copyButton.hidden = false;
}

startButton.addEventListener('click', () => {
  startButton.disabled = true;
  measure()
    .catch((error: unknown) => {
      progress.textContent = `The measurement failed: ${messageOf(error)}`;
    })
    .finally(() => {
      startButton.disabled = false;
    });
});

copyButton.addEventListener('click', () => {
  const text = JSON.stringify(report, null, 2);
  const label = copyButton.textContent;
  copy(text).then(
    () => {
      copyButton.textContent = 'Copied';
      setTimeout(() => {
        copyButton.textContent = label;
      }, COPIED_MILLISECONDS);
    },
    () => {
      // Without permission or a secure context, the text is shown so that the user can select it.
      const area = document.createElement('pre');
      area.textContent = text;
      result.append(area);
      result.focus();
    },
  );
});

try {
  element('adapter', HTMLElement).textContent = `Adapter: ${rendererName()}`;
} catch (error) {
  startButton.disabled = true;
  element('adapter', HTMLElement).textContent = messageOf(error);
}
