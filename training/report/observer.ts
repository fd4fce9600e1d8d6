/** Watches a run: measures its model now and then, and writes its report. */
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { writeFileAtomic } from '../../engine/command-line/files.ts';
import type { Backend } from '../backend/backend.ts';
import { takeDigits, type Digits } from '../digits/digits.ts';
import { exportModel, type DataSource } from '../loop/export.ts';
import type { Check, RunState } from '../loop/run-state.ts';
import { REPORT_NAME } from '../loop/run-folder.ts';
import { phaseOf } from '../loop/schedule.ts';
import type { Recipe } from '../presets/recipe-schema.ts';
import { encodeGif } from './gif.ts';
import { lookAt, paintPool, type Look } from './look.ts';
import { paletteOf } from './paint.ts';
import { renderReport, type ReportData } from './report.ts';

export interface ObserverOptions {
  readonly recipe: Recipe;
  readonly folder: string;
  readonly backend: Backend;
  readonly workers: number;
  readonly data: DataSource;
  readonly commit: string | null;
  /** Digits that are not trained on; the first `checkDigits` of them are looked at on the way, more at the end. */
  readonly digits: Digits;
  readonly checkDigits: number;
  /** The run before its first step, for its pool. */
  readonly beginning: RunState;
  readonly listener: { check(check: Check): void; warning(message: string): void };
  /** Hears of all looks so far after each. */
  readonly looked?: (checks: readonly Check[]) => void;
  readonly shouldStop: () => boolean;
  /** Seconds since some moment; by default the real ones. */
  readonly clock?: () => number;
}

/** The first look comes this long after the start. */
const FIRST_LOOK_SECONDS = 15;
const LOOK_SECONDS = 60;
/** A look may take one part in this many of the time. */
const LEAST_SHARE = 50;
const STOPS = [20, 80];
const FINAL_STOPS = [20, 80, 200];
const FINAL_DIGITS = 500;
const POOL_DIGITS = 160;
const FILM_SCALE = 4;
const FRAME_SECONDS = 0.06;

export class Observer {
  readonly #options: ObserverOptions;
  readonly #clock: () => number;
  readonly #poolBefore: ReportData['poolBefore'];
  #look: Look | null = null;
  #film: ReportData['film'] = null;
  #next: number;
  /** Where this sitting began: an earlier one may have run on another machine with another speed. */
  #sitting: { step: number; seconds: number };
  #faultTold = false;

  constructor(options: ObserverOptions, state: RunState) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now() / 1000);
    this.#poolBefore = paintPool(options.beginning.pool, options.recipe.model, POOL_DIGITS);
    this.#next = this.#clock() + FIRST_LOOK_SECONDS;
    this.#sitting = { step: state.step, seconds: state.seconds };
  }

  /** To be called between training steps; looks when it is time. */
  readonly observe = async (state: RunState, moment: 'start' | 'step'): Promise<void> => {
    if (moment === 'start') {
      this.#write(state, 'running');
      return;
    }
    const start = this.#clock();
    if (start < this.#next) return;
    await this.#takeLook(state, STOPS, this.#options.checkDigits);
    this.#write(state, 'running');
    const now = this.#clock();
    this.#next = now + Math.max(LOOK_SECONDS, LEAST_SHARE * (now - start));
  };

  /** The last report: after a longer look if the run reached its end. */
  async finish(state: RunState, done: boolean): Promise<void> {
    if (done) await this.#takeLook(state, FINAL_STOPS, Math.max(FINAL_DIGITS, this.#options.checkDigits));
    this.#write(state, done ? 'finished' : 'stopped');
  }

  async #takeLook(state: RunState, stops: readonly number[], most: number): Promise<void> {
    const { recipe, digits, backend, data, commit, shouldStop, listener } = this.#options;
    const model = exportModel(recipe, state, data, commit);
    const few = takeDigits(digits, most);
    const look = await lookAt(model, { make: backend.automaton, digits: few, stops, shouldStop });
    if (!look) return;
    this.#look = look;
    const rate = phaseOf(recipe, Math.min(state.step, recipe.steps - 1)).rate * state.rateFactor;
    const check: Check = { step: state.step, seconds: state.seconds, rate, digits: few.count, scores: look.scores };
    state.checks = [...state.checks.filter(({ step }) => step < check.step), check];
    listener.check(check);
    this.#options.looked?.(state.checks);
    const palette = paletteOf(model.specification);
    this.#film = encodeGif(look.film, palette, FILM_SCALE, FRAME_SECONDS);
  }

  #write(state: RunState, status: ReportData['status']): void {
    const { recipe, folder, listener } = this.#options;
    const seconds = state.seconds - this.#sitting.seconds;
    const page = renderReport({
      recipe,
      specification: recipe.model,
      state,
      status,
      time: new Date(),
      stepsPerSecond:
        seconds > 0 ? (state.step - this.#sitting.step) / seconds : state.step / Math.max(1e-9, state.seconds),
      circumstances: this.#circumstances(),
      poolBefore: this.#poolBefore,
      poolNow: paintPool(state.pool, recipe.model, POOL_DIGITS),
      look: this.#look,
      film: this.#film,
    });
    try {
      writeFileAtomic(join(folder, REPORT_NAME), page);
      this.#faultTold = false;
    } catch (fault) {
      // Once is enough: the checkpoints report a full disk, too.
      if (!this.#faultTold) listener.warning(`No report: ${messageOf(fault)}`);
      this.#faultTold = true;
    }
  }

  #circumstances(): Record<string, string> {
    const { backend, workers, data, commit, digits } = this.#options;
    const processors = cpus();
    return {
      machine: `${processors[0]?.model.trim() ?? process.arch}, ${processors.length} cores, ${(totalmem() / 1e9).toFixed(0)} GB`,
      system: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
      backend: `${backend.name} (${backend.reason})`,
      workers: String(workers),
      'trained on': data.name,
      'digest of the data': data.digest ?? 'made as needed',
      'measured on': digits.name,
      commit: commit ?? 'not in a checkout',
    };
  }
}
