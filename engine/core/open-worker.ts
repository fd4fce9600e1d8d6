/** Starts workers. */
import { tryAgain } from './try-again.ts';

/** The first message of a worker that {@link openWorker} starts: its script has been loaded and is running. */
export const WORKER_READY = 'ready';

/**
 * Returns a worker whose script is running. A start that fails is tried once more.
 *
 * @param create makes the worker, whose script must post {@link WORKER_READY} first
 * @throws Error if its script cannot be loaded
 */
export function openWorker(create: () => Worker): Promise<Worker> {
  return tryAgain(
    () =>
      new Promise<Worker>((resolve, reject) => {
        const worker = create();
        const settled = new AbortController();
        const { signal } = settled;
        const onReady = (): void => {
          settled.abort();
          resolve(worker);
        };
        const onError = ({ message }: ErrorEvent): void => {
          settled.abort();
          worker.terminate();
          // A script that cannot be fetched has no message.
          reject(new Error(message || 'the worker script could not be loaded.'));
        };
        worker.addEventListener('message', onReady, { signal });
        worker.addEventListener('error', onError, { signal });
      }),
  );
}
