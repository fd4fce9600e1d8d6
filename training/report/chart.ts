/** Line charts as inline SVG. */
import { html, type Markup } from './html.ts';

export type Point = readonly [x: number, y: number];

/** One line of a chart; `tone` picks its colour, 1 to 4. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  readonly tone: number;
  /** Low and high around every point, drawn as a band. */
  readonly band?: readonly (readonly [low: number, high: number])[];
}

export interface Chart {
  readonly title: string;
  /** What the vertical axis counts. */
  readonly unit: string;
  readonly series: readonly Series[];
  /** The horizontal axis ends here. */
  readonly lastStep: number;
  /** Of the vertical axis; found from the points if absent. */
  readonly range?: readonly [number, number];
  readonly logarithmic?: boolean;
}

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 60;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 34;

/** About `count` round numbers between two. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = Math.max(high - low, Number.MIN_VALUE) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let index = Math.ceil(low / stride - 1e-9); index * stride <= high + stride * 1e-9; index += 1) {
    // Not minus zero.
    ticks.push(index * stride + 0);
  }
  return ticks;
}

function decades(low: number, high: number): number[] {
  const ticks: number[] = [];
  const mostDecades = Math.log10(high / low) > 2.5 ? [1] : [1, 2, 5];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const factor of mostDecades) {
      const tick = factor * 10 ** power;
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}

function formatNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 0.001) return value.toExponential(0);
  return Number(value.toPrecision(3)).toLocaleString('en');
}

function rangeOf({ series, range, logarithmic = false }: Chart): [number, number] {
  if (range) return [...range];
  const values = series
    .flatMap(({ points, band }) => [...points.map(([, y]) => y), ...(band ?? []).flat()])
    .filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  if (values.length === 0) return [logarithmic ? 0.1 : 0, 1];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (logarithmic) return [low * 0.9, Math.max(high * 1.1, low * 2)];
  return [Math.min(0, low), high > low ? high * 1.05 : low + 1];
}

/** A chart over training steps. */
export function drawChart(chart: Chart): Markup {
  const { title, unit, series, lastStep, logarithmic = false } = chart;
  const [low, high] = rangeOf(chart);
  const scaled = (value: number): number =>
    logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const x = (step: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * step) / Math.max(1, lastStep)).toFixed(1);
  const y = (value: number): string => {
    const share = Math.min(1, Math.max(0, scaled(Math.max(value, logarithmic ? low : -Infinity))));
    return (HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share).toFixed(1);
  };
  const line = (points: readonly Point[]): string => points.map(([step, value]) => `${x(step)},${y(value)}`).join(' ');
  const rows = (logarithmic && high / low > 6 ? decades(low, high) : roundTicks(low, high, 5)).map(
    (tick) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" /><text
          class="tick end"
          x="${LEFT - 8}"
          y="${Number(y(tick)) + 4}"
          >${formatNumber(tick)}</text
        >`,
  );
  const columns = roundTicks(0, lastStep, 6).map(
    (tick) => html`<text class="tick middle" x="${x(tick)}" y="${HEIGHT - BOTTOM + 20}">${formatNumber(tick)}</text>`,
  );
  const lines = series.map(({ points, band, tone }) => {
    const upper = band ? points.map(([step], index): Point => [step, band[index][1]]) : [];
    const lower = band ? points.map(([step], index): Point => [step, band[index][0]]).reverse() : [];
    const area = band ? html`<polygon class="band tone${tone}" points="${line([...upper, ...lower])}" />` : '';
    const single =
      points.length === 1
        ? html`<circle class="dot tone${tone}" r="3" cx="${x(points[0][0])}" cy="${y(points[0][1])}" />`
        : '';
    return html`${area}<polyline class="line tone${tone}" points="${line(points)}" />${single}`;
  });
  const legend = series.map(({ name, tone }) => html`<span class="key tone${tone}">${name}</span>`);
  const summary = series
    .map(({ name, points }) => (points.length > 0 ? `${name}: ${formatNumber(points[points.length - 1][1])}` : name))
    .join(', ');
  return html`<figure class="chart">
    <figcaption><b>${title}</b> <span class="unit">${unit}</span>${legend}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}; at the end ${summary}">
      ${rows}${columns}${lines}
    </svg>
  </figure>`;
}

/** Many values as at most `most` points: the mean of each stretch, and its lowest and highest as a band. */
export function thinOut(values: readonly number[], most: number): Pick<Series, 'points' | 'band'> {
  const stride = Math.max(1, Math.ceil(values.length / most));
  const points: Point[] = [];
  const band: [number, number][] = [];
  for (let start = 0; start < values.length; start += stride) {
    const stretch = values.slice(start, start + stride);
    points.push([start + stretch.length / 2, stretch.reduce((total, value) => total + value, 0) / stretch.length]);
    band.push([Math.min(...stretch), Math.max(...stretch)]);
  }
  return { points, band };
}
