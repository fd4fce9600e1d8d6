/** The report of an evaluation on pen strokes: tables, and pictures of what was read wrong. One file, no scripts. */
import { encode } from 'fast-png';
import { sideOf } from '../../engine/learning/rollout/live-cells.ts';
import { describePairs } from '../evaluation/describe.ts';
import { sizeNames, tabulateForms } from '../evaluation/describe-strokes.ts';
import type { Mistake, StrokeFindings, StrokeScores } from '../evaluation/measure-strokes.ts';
import { describeGroups } from '../evaluation/merged-classes.ts';
import { FEWEST_GLYPHS } from '../evaluation/score-readings.ts';
import { dataAddress, html, Markup } from './html.ts';
import { STYLE } from './style.ts';

/** Pictures of one writer, form or label. */
const PICTURES_EACH = 24;
const GROUPS = 12;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The whole page. */
export function renderStrokeReport(title: string, classNames: readonly string[], findings: StrokeFindings): string {
  const { mistakes, worstWriters, pooledForms } = findings;
  const ofClasses = mistakes.filter(({ label }) => classNames.includes(label));
  const others = mistakes.filter(({ label }) => !classNames.includes(label));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header><h1>${title}</h1></header>
          ${renderScores(findings, classNames)} ${renderForms(findings)}
          ${renderGroups(
            'Worst writers',
            worstWriters.map(({ file, writer, majorityAccuracy }) => ({
              name: `${writer}: ${percent(majorityAccuracy)} right`,
              mistakes: ofClasses.filter((mistake) => mistake.file === file && mistake.writer === writer),
            })),
            classNames,
          )}
          ${renderGroups(
            'Worst forms',
            pooledForms
              .filter(({ n, majorityAccuracy }) => n >= FEWEST_GLYPHS && majorityAccuracy < 1)
              .map(({ form, majorityAccuracy }) => ({
                name: `${form}: ${percent(majorityAccuracy)} right`,
                mistakes: mistakes.filter((mistake) => mistake.form === form),
              })),
            classNames,
          )}
          ${renderGroups('Taken for a class', groupByLabel(others), classNames)}
        </main>
      </body>
    </html> `;
  return page.text;
}

function renderScores(
  { strokes, merged, pairs, separation, touching }: StrokeFindings,
  classNames: readonly string[],
): Markup {
  return html`<section class="wide">
    <h2>By height</h2>
    ${renderTable(strokes)}
    ${
      merged
        ? html`<h3>Counted as one: ${describeGroups(merged.groups)}</h3>
            ${renderTable(merged.strokes)}`
        : ''
    }
    ${renderShares(
      'Classes and other ink, told apart by their undecided cells',
      ['area under the curve', 'undecided, classes', 'undecided, others'],
      sizeNames(separation),
      separation.map(({ areaUnderCurve, classesUndecided, othersUndecided }) => [
        areaUnderCurve.toFixed(3),
        percent(classesUndecided),
        percent(othersUndecided),
      ]),
    )}
    ${renderShares(
      'Two digits that touch: what their cells say',
      ['pairs', 'one of the two', 'undecided', 'a third'],
      sizeNames(touching),
      touching.map(({ n, own, undecided, third }) => [String(n), ...[own, undecided, third].map(percent)]),
    )}
    ${pairs.length > 0 ? html`<p>Most often taken for each other: ${describePairs(pairs, classNames).join('; ')}</p>` : ''}
  </section>`;
}

function renderTable(strokes: readonly StrokeScores[]): Markup {
  const rows = strokes.map(
    ({ file, height, radius, n, cellAccuracy, agreement, majorityAccuracy, undecided }) =>
      html`<tr>
        <th>${file}</th>
        <td>${height}</td>
        <td>${radius}</td>
        <td>${n}</td>
        <td>${percent(cellAccuracy)}</td>
        <td>${percent(agreement)}</td>
        <td>${percent(majorityAccuracy)}</td>
        <td>${percent(undecided)}</td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <tr>
        <th></th>
        <th>height</th>
        <th>radius</th>
        <th>glyphs</th>
        <th>cells</th>
        <th>agreement</th>
        <th>majority</th>
        <th>undecided</th>
      </tr>
      ${rows}
    </table>
  </div>`;
}

function renderForms(findings: StrokeFindings): Markup | string {
  const { sizes, rows } = tabulateForms(findings);
  if (rows.length === 0) return '';
  return html`<section class="wide">
    <h2>By form</h2>
    ${renderShares(
      null,
      ['glyphs', 'all sizes', ...sizes],
      rows.map(({ form }) => form),
      rows.map(({ n, shares }) => [String(n), ...shares.map((share) => (share === null ? '' : percent(share)))]),
    )}
  </section>`;
}

/** A table with a row for each name, or nothing without rows. */
function renderShares(
  title: string | null,
  heads: readonly string[],
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Markup | string {
  if (rows.length === 0) return '';
  return html`${title === null ? '' : html`<h3>${title}</h3>`}
    <div class="scroll">
      <table>
        <tr>
          <th></th>
          ${heads.map((head) => html`<th>${head}</th>`)}
        </tr>
        ${rows.map(
          (cells, index) =>
            html`<tr>
              <th>${names[index]}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </table>
    </div>`;
}

interface Group {
  readonly name: string;
  readonly mistakes: readonly Mistake[];
}

/** The label that is read wrong most often first. */
function groupByLabel(mistakes: readonly Mistake[]): Group[] {
  const groups = new Map<string, Mistake[]>();
  for (const mistake of mistakes) groups.set(mistake.label, [...(groups.get(mistake.label) ?? []), mistake]);
  return [...groups]
    .map(([name, list]) => ({ name, mistakes: list }))
    .sort((one, other) => other.mistakes.length - one.mistakes.length);
}

function renderGroups(title: string, groups: readonly Group[], classNames: readonly string[]): Markup | string {
  if (groups.length === 0) return '';
  return html`<section class="wide">
    <h2>${title}</h2>
    ${groups.slice(0, GROUPS).map(
      ({ name, mistakes }) =>
        html`<p>${name}, ${mistakes.length} read wrong</p>
          <div class="worst">
            ${mistakes.slice(0, PICTURES_EACH).map((mistake) => renderMistake(mistake, classNames))}
          </div>`,
    )}
  </section>`;
}

function renderMistake({ label, vote, height, pixels }: Mistake, classNames: readonly string[]): Markup {
  const side = sideOf(pixels);
  const paper = pixels.map((ink) => 255 - ink);
  const png = encode({ width: side, height: side, data: paper, channels: 1 });
  const said = vote < 0 ? 'nothing' : classNames[vote];
  return html`<div><img src="${dataAddress('image/png', png)}" alt="${label}" />${label} → ${said}, ${height}</div>`;
}
