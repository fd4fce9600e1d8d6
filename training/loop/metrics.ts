/**
 * A run's figures as CSV, for people who plot them with tools of their own: a row a step, and a row a look. After a kill
 * and a resume there is still exactly one row for every step: rows are on the disk before the checkpoint that follows
 * them, and a resumed run cuts off those that its checkpoint does not know.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { writeFileAtomic } from '../../engine/command-line/files.ts';
import type { Check } from './run-state.ts';

/** A row a step. */
export const METRICS_NAME = 'metrics.csv';
/** A row a look. */
export const LOOKS_NAME = 'looks.csv';

/** What is known of a step. */
export interface StepMetrics {
  /** The number of the step, from 1. */
  readonly step: number;
  readonly loss: number;
  /** The Euclidean norm of the whole gradient, before it is clipped or normalised. */
  readonly gradientNorm: number;
  /** Of the optimizer. */
  readonly rate: number;
  /** Of training so far, all sittings together. */
  readonly seconds: number;
}

const STEP_HEADER = 'step,loss,gradient_norm,rate,seconds';
/** The steps of the automaton at which a look may take its scores. */
const LOOK_STOPS = [20, 80, 200];
const SCORES = [
  ['cells', 'cellAccuracy'],
  ['agreement', 'agreement'],
  ['unanimous', 'unanimousCorrect'],
  ['majority', 'majorityAccuracy'],
] as const;

export class MetricsFiles {
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  #rows: string[] = [];
  #isFaulty = false;

  /** @param warn gets a sentence if the files cannot be written; the run goes on without them */
  constructor(folder: string, warn: (message: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  /** Keeps the rows up to `step` and drops all others: at the start of a run, and when it returns to a checkpoint. */
  returnTo(step: number, checks: readonly Check[]): void {
    this.#rows = [];
    const path = join(this.#folder, METRICS_NAME);
    this.#attempt(() => {
      const lines = step > 0 && existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
      // The last line of a killed run may be cut short; its step is beyond the checkpoint.
      const kept = lines.filter((line) => Number.parseInt(line, 10) <= step);
      writeFileAtomic(path, `${[STEP_HEADER, ...kept].join('\n')}\n`);
    });
    this.looks(checks);
  }

  step({ step, loss, gradientNorm, rate, seconds }: StepMetrics): void {
    this.#rows.push([step, loss, gradientNorm, rate, seconds.toFixed(3)].join(','));
  }

  /** Brings all rows to the disk. To be called before a checkpoint is written. */
  flush(): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    this.#attempt(() => {
      const file = openSync(join(this.#folder, METRICS_NAME), 'a');
      try {
        writeSync(file, `${rows.join('\n')}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    });
  }

  /** Writes the scores of all looks; those that were not taken at a look are empty. */
  looks(checks: readonly Check[]): void {
    const header = LOOK_STOPS.flatMap((stop) => SCORES.map(([name]) => `${name}_${stop}`));
    const rows = checks.map(({ step, seconds, rate, digits, scores }) => {
      const values = LOOK_STOPS.flatMap((stop) =>
        SCORES.map(([, key]) => (stop in scores ? scores[stop][key].toFixed(5) : '')),
      );
      return [step, seconds.toFixed(3), rate, digits, ...values].join(',');
    });
    const text = [['step', 'seconds', 'rate', 'images', ...header].join(','), ...rows].join('\n');
    this.#attempt(() => writeFileAtomic(join(this.#folder, LOOKS_NAME), `${text}\n`));
  }

  #attempt(write: () => void): void {
    try {
      write();
      this.#isFaulty = false;
    } catch (fault) {
      // Once is enough: the checkpoints report a full disk, too.
      if (!this.#isFaulty) this.#warn(`No ${METRICS_NAME}: ${messageOf(fault)}`);
      this.#isFaulty = true;
    }
  }
}
