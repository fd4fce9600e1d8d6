/** Shows the progress of a run: a bar on a terminal, plain lines elsewhere, or JSON. */
import type { Recipe } from '../presets/recipe-schema.ts';
import type { Check } from './run-state.ts';
import type { Listener } from './trainer.ts';

/** Where lines go. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

type StepReport = Parameters<Listener['step']>[0];

/** Seconds between two plain or JSON lines. */
const LINE_SECONDS = 10;
const BAR_CELLS = 24;
/** The weight of earlier losses in the shown one: single batches differ by half. */
const LOSS_INERTIA = 0.98;

/** Seconds as "1 h 02 min", "3 min 05 s" or "7 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  return minutes > 0 ? `${minutes} min ${pad(whole % 60)} s` : `${whole} s`;
}

function describe({ step, steps, stepsPerSecond, rate }: StepReport, loss: number): string {
  const left = formatDuration((steps - step) / stepsPerSecond);
  return `${step}/${steps}  loss ${loss.toFixed(3)}  rate ${rate.toExponential(1)}  ${stepsPerSecond.toFixed(1)} steps/s  ${left} left`;
}

/** Shows a run on `output`; `clock` tells seconds. */
export class Progress implements Listener {
  readonly #output: Output;
  readonly #json: boolean;
  readonly #clock: () => number;
  #loss = NaN;
  /** The share of right cells at the last check; not a number before the first. */
  #cells = NaN;
  #lastLine = -Infinity;

  constructor(output: Output, json: boolean, clock: () => number = () => performance.now() / 1000) {
    this.#output = output;
    this.#json = json;
    this.#clock = clock;
  }

  get #bar(): boolean {
    return this.#output.isTTY === true && !this.#json;
  }

  /** The first line of the JSON: what is run, as a whole. */
  begin(recipe: Recipe, step: number): void {
    if (this.#json) this.#line({ event: 'begin', step, steps: recipe.steps, seed: recipe.seed, recipe });
  }

  step(report: StepReport): void {
    const { loss, step, steps } = report;
    this.#loss = Number.isNaN(this.#loss) ? loss : LOSS_INERTIA * this.#loss + (1 - LOSS_INERTIA) * loss;
    const now = this.#clock();
    const interval = this.#bar ? 0.2 : LINE_SECONDS;
    if (now - this.#lastLine < interval && step < steps) return;
    this.#lastLine = now;
    if (this.#json) {
      this.#line({ event: 'step', ...report, meanLoss: this.#loss });
    } else if (this.#bar) {
      const filled = Math.round((BAR_CELLS * step) / steps);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${describe(report, this.#loss)}${Number.isNaN(this.#cells) ? '' : `  cells ${(100 * this.#cells).toFixed(1)} %`}`;
      const width = (this.#output.columns ?? 80) - 1;
      this.#output.write(`\r\x1b[K${bar.slice(0, width)}${step >= steps ? '\n' : ''}`);
    } else {
      this.#output.write(`${describe(report, this.#loss)}\n`);
    }
  }

  /** The scores that were measured. */
  check({ step, digits, scores }: Check): void {
    const [at, { cellAccuracy, agreement }] = Object.entries(scores).slice(-1)[0];
    this.#cells = cellAccuracy;
    if (this.#json) {
      this.#line({ event: 'check', step, digits, scores });
    } else if (!this.#bar) {
      const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
      this.#output.write(
        `${step}: ${percent(cellAccuracy)} of cells right and ${percent(agreement)} agreement after ${at} steps, ${digits} digits\n`,
      );
    }
  }

  saved(step: number): void {
    if (this.#json) this.#line({ event: 'checkpoint', step });
  }

  warning(message: string): void {
    if (this.#json) this.#line({ event: 'warning', message });
    else this.#output.write(`${this.#bar ? '\r\x1b[K' : ''}${message}\n`);
  }

  /** Something worth a line at the start or the end. */
  note(message: string, fields: Record<string, unknown> = {}): void {
    if (this.#json) this.#line({ event: 'note', message, ...fields });
    else this.#output.write(`${this.#bar ? '\r\x1b[K' : ''}${message}\n`);
  }

  #line(value: object): void {
    this.#output.write(`${JSON.stringify(value)}\n`);
  }
}
