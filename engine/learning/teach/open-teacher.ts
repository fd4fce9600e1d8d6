/** Starts a course in workers. */
import { openWorker } from '../../core/open-worker.ts';
import { TeachError } from './teach-error.ts';
import type { Teacher, TeachListener, TeachRequest, TeachResult } from './teacher.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A batch has no more parts, so that further workers would have nothing to do. */
const MOST_WORKERS = 8;

function createWorker(): Worker {
  return new Worker(new URL('./teach-worker.ts', import.meta.url), { type: 'module' });
}

/** All cores but one, which the page needs. */
function usualWorkers(): number {
  return Math.min(MOST_WORKERS, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
}

/**
 * Starts a course. Nothing of it runs on this thread.
 * @throws Error if the workers cannot be started
 */
export async function openTeacher(request: TeachRequest, listener: TeachListener): Promise<Teacher> {
  const count = request.workers ?? usualWorkers();
  const opened = await Promise.allSettled(Array.from({ length: count }, () => openWorker(createWorker)));
  const workers = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [main, ...others] = workers;
  // Fewer workers than asked for are slower, and make no other difference.
  if (!main) throw opened[0].status === 'rejected' ? (opened[0].reason as Error) : new Error('No worker was started.');

  const endAll = (): void => workers.forEach((worker) => worker.terminate());
  let fail: (fault: Error) => void = () => undefined;
  const done = new Promise<TeachResult>((resolve, reject) => {
    fail = (fault) => {
      endAll();
      reject(fault);
    };
    for (const worker of workers) {
      worker.addEventListener('error', ({ message }) => fail(new Error(message || 'A worker ended early.')));
    }
    main.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      switch (data.kind) {
        case 'issue':
          listener.issue?.(data.issue);
          break;
        case 'progress':
          listener.progress?.(data.progress);
          break;
        case 'model':
          listener.model?.(data.model, data.step);
          break;
        case 'measured':
          listener.measured?.(data.measurement, data.step);
          break;
        case 'done':
          endAll();
          resolve(data.result);
          break;
        case 'failed':
          fail(data.issue ? new TeachError(data.issue) : new Error(data.message));
      }
    });
  });
  // Whoever only listens need not handle a failure.
  done.catch(() => undefined);

  const send = (worker: Worker, message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  const sendAll = (message: ToWorker): void => workers.forEach((worker) => send(worker, message));
  const channels = others.map(() => new MessageChannel());
  others.forEach((worker, index) =>
    send(worker, { kind: 'help', port: channels[index].port1 }, [channels[index].port1]),
  );
  const helpers = channels.map(({ port2 }) => port2);
  send(main, { kind: 'teach', request, helpers }, helpers);
  return {
    done,
    stop: () => sendAll({ kind: 'stop' }),
    pause: () => sendAll({ kind: 'pause' }),
    resume: () => sendAll({ kind: 'resume' }),
    rest: (share) => sendAll({ kind: 'rest', share }),
    cancel: () => fail(new Error('The course was cancelled.')),
  };
}
