/** Evaluates a model on a set of digits with as many threads as asked for. */
import type { AccuracyRecord } from '../../engine/common/model/specification.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import { flattenWeights } from '../automaton/layers.ts';
import { startBackend, type Backend, type BackendName } from '../backend/backend.ts';
import { digitAt, type Digits } from '../digits/digits.ts';
import { Thread } from '../loop/threads.ts';
import { addFindings, emptyFindings, Examiner, MILESTONES, type Findings, type Group } from './examine.ts';
import type { ExaminerData } from './examiner-worker.ts';
import { scoresOf, type Scores, type Tally } from './tally.ts';

/** Digits that are stepped together: few enough that their cells stay in the cache. */
const GROUP_SIZE = 20;

export interface EvaluationOptions {
  readonly seed: number;
  readonly backend: BackendName;
  /** Threads; null for as many as suit the backend. */
  readonly workers: number | null;
  /** Called as groups are done. */
  readonly progress?: (done: number, total: number) => void;
}

/** What `evaluate --json` prints, but for the names of model and split. */
export interface Evaluation {
  readonly n: number;
  readonly seed: number;
  readonly steps: Record<string, Scores>;
  readonly mutation: Record<string, Scores>;
  /** Share of cells with ink that change their label in a step. */
  readonly flicker: number;
  readonly backend: Backend['name'];
}

/** The groups of an evaluation. Which digit becomes which in the mutation hangs on the seed alone. */
export function groupDigits(digits: Digits, seed: number): Group[] {
  const successors = new Random(seed).shuffle(Uint32Array.from({ length: digits.count }, (_, index) => index));
  const groups: Group[] = [];
  for (let start = 0; start < digits.count; start += GROUP_SIZE) {
    const indices = Array.from({ length: Math.min(GROUP_SIZE, digits.count - start) }, (_, offset) => start + offset);
    groups.push({
      index: groups.length,
      digits: indices.map((index) => digitAt(digits, index)),
      successors: indices.map((index) => digitAt(digits, successors[index])),
    });
  }
  return groups;
}

/**
 * Evaluates a model. The result hangs on the model, the digits, the seed and
 * the backend, not on the number of workers.
 */
export async function evaluateModel(model: Model, digits: Digits, options: EvaluationOptions): Promise<Evaluation> {
  const { seed, progress } = options;
  const { specification } = model;
  const weights = flattenWeights(specification, model.weights);
  const backend = await startBackend(options.backend);
  const workers = options.workers ?? backend.defaultWorkers;
  const groups = groupDigits(digits, seed);
  const total = emptyFindings();
  const findings = new Array<Findings>(groups.length);
  let next = 0;
  let done = 0;
  const work = async (examine: (group: Group) => Promise<Findings> | Findings): Promise<void> => {
    while (next < groups.length) {
      const group = groups[next++];
      findings[group.index] = await examine(group);
      done += group.digits.length;
      progress?.(done, digits.count);
    }
  };

  const data: ExaminerData = { specification, weights, seed, backend: backend.name };
  const module = new URL('./examiner-worker.ts', import.meta.url);
  const threads = Array.from({ length: workers - 1 }, () => new Thread<Group, Findings>(module, data));
  const own = new Examiner(specification, weights, backend.kernels, seed);
  try {
    await Promise.all([
      ...threads.map((thread) => work((group) => thread.ask(detach(group)))),
      work(async (group) => {
        // Let the other threads' answers in before this one is busy again.
        await new Promise((resolve) => setImmediate(resolve));
        return own.examine(group);
      }),
    ]);
  } finally {
    own.dispose();
    await Promise.all(threads.map((thread) => thread.close()));
  }
  for (const part of findings) addFindings(total, part);
  const named = (tallies: Tally[]): Record<string, Scores> =>
    Object.fromEntries(MILESTONES.map((step, index) => [step, scoresOf(tallies[index])]));
  return {
    n: digits.count,
    seed,
    steps: named(total.steps),
    mutation: named(total.mutation),
    flicker: total.changes / Math.max(1, total.chances),
    backend: backend.name,
  };
}

/** Copies of the pixels, so that a message to a thread does not carry the whole set. */
function detach({ index, digits, successors }: Group): Group {
  const copy = (digit: Group['digits'][number]) => ({ ...digit, pixels: digit.pixels.slice() });
  return { index, digits: digits.map(copy), successors: successors.map(copy) };
}

/** The record of an evaluation that a model file carries. */
export function accuracyRecord({ n, seed, steps }: Evaluation, split: string): AccuracyRecord {
  return { split, digits: n, seed, steps: MILESTONES.map((step) => ({ step, ...steps[step] })) };
}
