/** Several examiners of one model, one in this thread and the others in worker threads. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Model } from '../../engine/common/model/weights.ts';
import { flattenWeights } from '../../engine/learning/rollout/layers.ts';
import { startBackend, type Backend, type BackendName } from '../backend/backend.ts';
import type { Digit } from '../../engine/learning/loop/pool.ts';
import { Thread } from '../loop/threads.ts';
import { Examiner, type Findings, type Group, type Succession, type Successions, type Trial } from './examine.ts';
import type { ExaminerAnswer, ExaminerData, ExaminerRequest } from './examiner-worker.ts';
import type { Verdict } from '../../engine/learning/rollout/tally.ts';

export interface ExaminerOptions {
  readonly backend: BackendName;
  /** Threads; null for as many as suit the backend. */
  readonly workers: number | null;
}

type ExaminerThread = Thread<ExaminerRequest, ExaminerAnswer>;

export class ExaminerTeam {
  readonly backend: Backend;
  readonly #own: Examiner;
  readonly #threads: ExaminerThread[];

  /** Classes of the model. */
  readonly classCount: number;

  private constructor(backend: Backend, classCount: number, own: Examiner, threads: ExaminerThread[]) {
    this.backend = backend;
    this.classCount = classCount;
    this.#own = own;
    this.#threads = threads;
  }

  /** @throws BackendError if the backend does not load */
  static async start({ specification, weights }: Model, options: ExaminerOptions): Promise<ExaminerTeam> {
    const flat = flattenWeights(specification, weights);
    const backend = await startBackend(options.backend);
    const workers = options.workers ?? backend.defaultWorkers;
    const data: ExaminerData = { specification, weights: flat, backend: backend.name };
    const module = new URL('./examiner-worker.ts', import.meta.url);
    const threads = Array.from({ length: workers - 1 }, (): ExaminerThread => new Thread(module, data));
    return new ExaminerTeam(
      backend,
      specification.classes.length,
      new Examiner(specification, flat, backend.automaton),
      threads,
    );
  }

  /** The whole course of every group, in their order. */
  examine(groups: readonly Group[], done: (digits: number) => void = () => undefined): Promise<Findings[]> {
    return this.#share(
      groups,
      async (thread, group) => (await thread.ask({ group })).findings ?? unanswered(),
      (group) => this.#own.examine(group),
      done,
    );
  }

  /** What the digits of every trial say at each of its stops, in their order. */
  settle(trials: readonly Trial[], done: (digits: number) => void = () => undefined): Promise<Verdict[][][]> {
    return this.#share(
      trials,
      async (thread, trial) => (await thread.ask({ trial })).verdicts ?? unanswered(),
      (trial) => this.#own.settle(trial),
      done,
    );
  }

  /** What the digits of every task say before they are changed and afterwards, in their order. */
  succeed(tasks: readonly Successions[], done: (digits: number) => void = () => undefined): Promise<Succession[][]> {
    return this.#share(
      tasks,
      async (thread, succession) => (await thread.ask({ succession })).successions ?? unanswered(),
      (task) => this.#own.succeed(task),
      done,
    );
  }

  async close(): Promise<void> {
    this.#own.dispose();
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  /** Every thread takes the next task as soon as it is free; the results are in the order of the tasks. */
  async #share<Task extends { readonly digits: readonly Digit[] }, Result>(
    tasks: readonly Task[],
    ask: (thread: ExaminerThread, task: Task) => Promise<Result>,
    compute: (task: Task) => Promise<Result>,
    done: (digits: number) => void,
  ): Promise<Result[]> {
    const results = new Array<Result>(tasks.length);
    let next = 0;
    const work = async (take: (task: Task) => Promise<Result>): Promise<void> => {
      while (next < tasks.length) {
        const index = next;
        next += 1;
        results[index] = await take(tasks[index]);
        done(tasks[index].digits.length);
      }
    };
    const own = async (task: Task): Promise<Result> => {
      // Let the other threads' answers in before this one is busy again.
      await nextTurn();
      return compute(task);
    };
    await Promise.all([...this.#threads.map((thread) => work((task) => ask(thread, task))), work(own)]);
    return results;
  }
}

function unanswered(): never {
  throw new Error('A worker thread answered another question than it was asked.');
}
