/** The report of a run: one HTML file that needs no other file and has no scripts. */
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import { phaseOf } from '../loop/schedule.ts';
import type { RunState } from '../loop/run-state.ts';
import { formatDuration } from '../loop/progress.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { drawChart, thinOut, type Point } from './chart.ts';
import { dataAddress, html, Markup } from './html.ts';
import type { Look } from './look.ts';
import { encodePng, paletteOf, type Color, type Sheet } from './paint.ts';
import { STYLE } from './style.ts';

/** What a report is made of. */
export interface ReportData {
  readonly recipe: Recipe;
  /** The model that comes out of the run. */
  readonly specification: ModelSpecification;
  readonly state: Pick<RunState, 'step' | 'losses' | 'checks' | 'seconds' | 'setbacks' | 'rateFactor'>;
  readonly status: 'running' | 'stopped' | 'finished';
  /** When it was written. */
  readonly time: Date;
  readonly stepsPerSecond: number;
  /** Facts about digits, backend and machine, by name. */
  readonly circumstances: Record<string, string>;
  readonly poolBefore: Sheet;
  readonly poolNow: Sheet;
  /** Null before the first look; so is the film, a GIF. */
  readonly look: Look | null;
  readonly film: Uint8Array | null;
}

/** Seconds after which a browser loads the report of a running run again. */
const REFRESH_SECONDS = 60;
const CHART_POINTS = 360;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The whole page. */
export function renderReport(data: ReportData): string {
  const { recipe, state, status, look } = data;
  const palette = paletteOf(data.specification);
  const refresh = status === 'running' ? html`<meta http-equiv="refresh" content="${REFRESH_SECONDS}" />` : '';
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${recipe.name}, step ${state.step} of ${recipe.steps}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${renderHead(data)} ${renderCharts(data)}
          ${
            look
              ? renderLook(data, look, palette)
              : html`<section class="wide">
                  <h2>Pictures</h2>
                  <p>The first ones are taken within the first minute.</p>
                </section>`
          }
          <section>
            <h2>The pool before</h2>
            ${renderSheet(data.poolBefore, palette, 'Digits of the pool before the first step')}
          </section>
          <section>
            <h2>The pool at step ${state.step}</h2>
            ${renderSheet(data.poolNow, palette, 'Digits of the pool now')}
          </section>
          ${renderSettings(data)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function renderHead({ recipe, state, status, time, stepsPerSecond, look }: ReportData): Markup {
  const { step, checks } = state;
  const left = formatDuration((recipe.steps - step) / Math.max(stepsPerSecond, 1e-9));
  const states = { running: `Running, about ${left} left`, stopped: 'Stopped, to be resumed', finished: 'Finished' };
  const latest = checks.length > 0 ? checks[checks.length - 1] : null;
  const shown = look?.scores ?? latest?.scores ?? {};
  const scores = Object.entries(shown).slice(-1);
  const facts: [string, string][] = [
    [String(step), `of ${recipe.steps} training steps`],
    [formatDuration(state.seconds), 'spent in training'],
    [stepsPerSecond.toFixed(stepsPerSecond < 10 ? 2 : 1), 'steps a second'],
    ...scores.flatMap(([at, { cellAccuracy, agreement, majorityAccuracy }]): [string, string][] => [
      [percent(cellAccuracy), `of cells right at step ${at}`],
      [percent(agreement), `of digits agree at step ${at}`],
      [percent(majorityAccuracy), `of votes right at step ${at}`],
    ]),
  ];
  const setbacks =
    state.setbacks > 0
      ? html`<p>The loss exploded ${state.setbacks} time(s); the rate is ${state.rateFactor} of the recipe's since.</p>`
      : '';
  return html`<header>
      <h1>Training “${recipe.name}”</h1>
      <p>${recipe.description} ${states[status]}; as of ${time.toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>
      ${setbacks}
      <div class="bar"><i style="--share: ${((100 * step) / recipe.steps).toFixed(2)}%"></i></div>
    </header>
    <section class="wide">
      <div class="facts">${facts.map(([value, words]) => html`<div><b>${value}</b><span>${words}</span></div>`)}</div>
    </section>`;
}

function renderCharts({ recipe, state }: ReportData): Markup {
  const { losses, checks } = state;
  const lastStep = recipe.steps;
  const loss = drawChart({
    title: 'Loss',
    unit: 'a batch, mean and range',
    series: [{ name: 'training', tone: 1, ...thinOut(losses, CHART_POINTS) }],
    lastStep,
    logarithmic: true,
  });
  const curve = (at: string, score: 'cellAccuracy' | 'agreement' | 'majorityAccuracy'): Point[] =>
    checks.flatMap(({ step, scores }): Point[] => (at in scores ? [[step, 100 * scores[at][score]]] : []));
  const accuracy = drawChart({
    title: 'Accuracy',
    unit: '% on digits it does not train on',
    series: [
      { name: 'cells @20', tone: 3, points: curve('20', 'cellAccuracy') },
      { name: 'cells @80', tone: 1, points: curve('80', 'cellAccuracy') },
      { name: 'agreement @80', tone: 2, points: curve('80', 'agreement') },
      { name: 'majority @80', tone: 4, points: curve('80', 'majorityAccuracy') },
    ],
    lastStep,
    range: [0, 100],
  });
  const stride = Math.max(1, Math.floor(recipe.steps / CHART_POINTS));
  const planned: Point[] = [];
  for (let step = 0; step < recipe.steps; step += stride) planned.push([step, phaseOf(recipe, step).rate]);
  const rate = drawChart({
    title: 'Learning rate',
    unit: '',
    series: [
      { name: 'the recipe’s', tone: 3, points: planned },
      { name: 'taken', tone: 1, points: checks.map(({ step, rate: taken }): Point => [step, taken]) },
    ],
    lastStep,
  });
  return html`<section>${loss}</section>
    <section>${accuracy}</section>
    <section>${rate}</section>`;
}

function renderLook({ specification, film, state }: ReportData, look: Look, palette: readonly Color[]): Markup {
  const names = specification.classes.map(({ name }) => name);
  const of = `${look.digits} digits that it does not train on, after ${look.lastStep} steps`;
  const rows = Object.entries(look.scores).map(
    ([step, s]) =>
      html`<tr>
        <th>step ${step}</th>
        ${[s.cellAccuracy, s.agreement, s.unanimousCorrect, s.majorityAccuracy].map((value) => html`<td>${(100 * value).toFixed(2)}</td>`)}
      </tr>`,
  );
  const last = dataAddress('image/png', encodePng(look.film[look.film.length - 1], palette));
  const filmed = film
    ? html`<section>
        <h2>Eight digits, eighty steps</h2>
        <picture>
          <source media="(prefers-reduced-motion: reduce)" srcset="${last}" />
          <img class="sheet" alt="Eight digits over eighty steps" src="${dataAddress('image/gif', film)}" />
        </picture>
      </section>`
    : '';
  return html`${filmed}
    <section>
      <h2>The ${names.length} classes</h2>
      ${renderSheet(look.gallery, palette, 'Digits of each class, a column a class')}
      <div class="legend">
        ${names.map((name, index) => html`<span><i style="background: rgb(${palette[index].join(' ')})"></i>${name}</span>`)}<span
          ><i style="background: #000"></i>undecided</span
        >
      </div>
    </section>
    <section>
      <h2>What it takes for what</h2>
      <p>${of}: a row a class, a column a vote.</p>
      ${renderConfusion(look.confusion, names)}
    </section>
    <section class="wide">
      <h2>Scores</h2>
      <p>${of}; the curve's last point may be of fewer.</p>
      <div class="scroll">
        <table>
          <tr>
            <th></th>
            <th>cells</th>
            <th>agreement</th>
            <th>unanimous and correct</th>
            <th>majority</th>
          </tr>
          ${rows}
        </table>
      </div>
    </section>
    <section class="wide">
      <h2>Worst digits</h2>
      <p>Of ${of}: place in the split, class → vote, right cells. Model of step ${state.step}.</p>
      <div class="worst">
        ${look.worst.map(({ digit, painting }) => {
          const side = sideOf(painting);
          const sheet = { width: side, height: side, cells: painting };
          const words = `#${digit.index}: ${names[digit.label]} → ${digit.vote < 0 ? 'nothing' : names[digit.vote]}`;
          return html`<div>${renderSheet(sheet, palette, words)}${words}<br />${percent(digit.cellAccuracy)}</div>`;
        })}
      </div>
    </section>`;
}

function renderSheet(sheet: Sheet, palette: readonly Color[], words: string): Markup {
  return html`<img class="sheet" alt="${words}" src="${dataAddress('image/png', encodePng(sheet, palette))}" />`;
}

function renderConfusion(matrix: readonly number[][], names: readonly string[]): Markup {
  const rows = matrix.map((row, label) => {
    const total = Math.max(
      1,
      row.reduce((sum, count) => sum + count, 0),
    );
    const cells = row.map((count, vote) => {
      // Mistakes are rare: the root makes them visible beside the correct votes.
      const share = label === vote ? count / total : Math.sqrt(count / total);
      return html`<td style="--hue: var(--${label === vote ? 'right' : 'wrong'}); --share: ${share.toFixed(3)}">
        ${count === 0 ? '·' : count}
      </td>`;
    });
    return html`<tr>
      <th>${names[label]}</th>
      ${cells}
    </tr>`;
  });
  return html`<div class="scroll">
    <table class="confusion">
      <tr>
        <th></th>
        ${names.map((name) => html`<th>${name}</th>`)}
      </tr>
      ${rows}
    </table>
  </div>`;
}

/** Every leaf of a value, with its path, such as "pool.size". */
export function flattenFields(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  const plain = Array.isArray(value) && value.every((entry) => typeof entry !== 'object');
  if (plain) return [[path, value.join(', ')]];
  return Object.entries(value).flatMap(([key, entry]) => flattenFields(entry, path === '' ? key : `${path}.${key}`));
}

function renderSettings({ recipe, circumstances }: ReportData): Markup {
  const { model, ...rest } = recipe;
  // The colours of the classes are in the pictures' legend.
  const { classes, ...architecture } = model;
  const table = (title: string, entries: readonly (readonly [string, string])[]): Markup =>
    html`<h2>${title}</h2>
      <table class="settings">
        ${entries.map(
          ([name, value]) =>
            html`<tr>
              <th>${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
      </table>`;
  return html`<section>${table('Machine and data', Object.entries(circumstances))}</section>
    <section>
      ${table('Model', [['classes', classes.map(({ name }) => name).join(' ')] as const, ...flattenFields(architecture)])}
    </section>
    <section class="wide">${table('Recipe', flattenFields(rest))}</section>`;
}
