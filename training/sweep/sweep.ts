/**
 * Runs a sweep, or one shard of it: every run is a process of its own, so that
 * one that fails takes no other along. Runs that are done are not done again,
 * and one that was interrupted goes on from its checkpoint.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../engine/common/error-message.ts';
import { makeFolder, writeFileAtomic } from '../../engine/command-line/files.ts';
import { checkpointPaths } from '../loop/checkpoint.ts';
import { RANKED_STEP, readEvaluation } from './measured.ts';
import { readResult, resultPath, type RunResult } from './ranking.ts';
import type { Measure, SweepRun } from './sweep-file.ts';

export interface SweepOptions {
  readonly folder: string;
  readonly measure: Measure;
  /** Options that every run gets as they are, such as `--data DIR`, and those that every evaluation gets. */
  readonly training: readonly string[];
  readonly measuring: readonly string[];
  /** Gets a sentence on a run, with its result once there is one. */
  readonly note: (message: string, about: { readonly run: string; readonly result?: RunResult }) => void;
  /** Ends a run in progress when it is aborted; its checkpoint stays. */
  readonly signal: AbortSignal;
  /** For tests: runs one of the package's commands. */
  readonly command?: Command;
}

/** Runs `train` or `evaluate` and gives its exit code and what it printed. */
export type Command = (
  name: 'train' | 'evaluate',
  args: readonly string[],
  signal: AbortSignal,
) => Promise<{ code: number; output: string; fault: string }>;

const KEPT_OUTPUT = 1_000_000;

const runCommandFile: Command = (name, args, signal) =>
  new Promise((resolve, reject) => {
    const file = new URL(`../cli/${name}.ts`, import.meta.url);
    const child = spawn(process.execPath, ['--import', 'tsx', file.pathname, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let fault = '';
    child.stdout.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-KEPT_OUTPUT)));
    child.stderr.on('data', (text: Buffer) => (fault = (fault + text.toString()).slice(-KEPT_OUTPUT)));
    const stop = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: code ?? 1, output, fault });
    });
  });

/** Does the runs that have no result yet, one after the other, until all are done or the signal aborts. */
export async function runSweep(runs: readonly SweepRun[], options: SweepOptions): Promise<void> {
  const { folder, note, signal } = options;
  for (const [index, run] of runs.entries()) {
    if (signal.aborted) return;
    const place = `${index + 1}/${runs.length} ${run.name}`;
    const before = readResult(folder, run);
    if (before?.evaluation) {
      note(`${place}: done before`, { run: run.name, result: before });
      continue;
    }
    note(`${place}: training`, { run: run.name });
    const result = await runAndMeasure(run, options);
    if (!result) return;
    writeFileAtomic(resultPath(folder, run), `${JSON.stringify(result)}\n`);
    note(`${place}: ${describeResult(result)}`, { run: run.name, result });
  }
}

function describeResult({ evaluation, fault }: RunResult): string {
  const last = evaluation?.steps[RANKED_STEP];
  if (!last) return `failed: ${fault}`;
  return `${(100 * last.cellAccuracy).toFixed(1)} % of cells, ${(100 * last.agreement).toFixed(1)} % agreement @200`;
}

/** Null if it was interrupted. */
async function runAndMeasure(run: SweepRun, options: SweepOptions): Promise<RunResult | null> {
  const { folder, measure, training, measuring, signal, command = runCommandFile } = options;
  const out = join(folder, run.name);
  makeFolder(out);
  const failed = (fault: string): RunResult | null => {
    const line = fault.trim().split('\n')[0] || 'it ended without a word';
    return signal.aborted ? null : { name: run.name, fields: run.fields, evaluation: null, fault: line };
  };
  const paths = checkpointPaths(out);
  const resume = existsSync(paths.last) || existsSync(paths.previous) ? ['--resume'] : [];
  const fields = Object.entries(run.fields).flatMap(([field, value]) => ['--set', `${field}=${JSON.stringify(value)}`]);
  const trained = await command(
    'train',
    ['--preset', run.preset, ...fields, '--out', out, ...resume, ...training],
    signal,
  );
  if (trained.code !== 0) return failed(trained.fault);
  const evaluated = await command(
    'evaluate',
    ['--model', join(out, 'model.ktx2'), '--limit', String(measure.digits), '--drift', '0', '--json', ...measuring],
    signal,
  );
  if (evaluated.code !== 0) return failed(evaluated.fault);
  try {
    return { name: run.name, fields: run.fields, evaluation: readEvaluation(evaluated.output), fault: null };
  } catch (fault) {
    return failed(messageOf(fault));
  }
}
