/** The worker's side of a {@link Thread}. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../engine/common/error-message.ts';
import type { Answer } from './threads.ts';

/** What this thread was started with. */
export function threadData<Data>(): Data {
  return (workerData as { data: Data }).data;
}

/** Answers every message to this thread with what `handle` makes of it. */
export function answerRequests<Request, Result>(handle: (request: Request) => Promise<Result>): void {
  let last = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    last = last.then(async () => {
      let answer: Answer<Result>;
      try {
        answer = { result: await handle(request) };
      } catch (fault) {
        answer = { fault: messageOf(fault) };
      }
      parentPort?.postMessage(answer);
    });
  });
}
