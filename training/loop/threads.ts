/**
 * Worker threads that each run one TypeScript module and answer one message
 * with one message.
 */
import { Worker } from 'node:worker_threads';

/** A worker's answer: the result, or what went wrong in words. */
export type Answer<Result> = { readonly result: Result } | { readonly fault: string };

/** A thread that answers requests one by one, in order. */
export class Thread<Request, Result> {
  readonly #worker: Worker;
  #ended: Error | null = null;
  readonly #waiting: { resolve: (result: Result) => void; reject: (fault: Error) => void }[] = [];

  /** Starts `module`, a TypeScript file, which finds `data` by `threadData`. */
  constructor(module: URL, data: unknown) {
    const main = new URL('./thread-main.mjs', import.meta.url);
    this.#worker = new Worker(main, { workerData: { module: module.href, data } });
    this.#worker.on('message', (answer: Answer<Result>) => {
      const { resolve, reject } = this.#waiting.shift() ?? {};
      if ('result' in answer) resolve?.(answer.result);
      else reject?.(new Error(answer.fault));
    });
    this.#worker.on('error', (fault: Error) => this.#failAll(fault));
    this.#worker.on('exit', () => this.#failAll(new Error('A worker thread ended early.')));
  }

  ask(request: Request): Promise<Result> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #failAll(fault: Error): void {
    this.#ended ??= fault;
    for (const { reject } of this.#waiting.splice(0)) reject(fault);
  }
}
