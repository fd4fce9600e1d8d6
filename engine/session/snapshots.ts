/** Takes snapshots of the state at intervals, so that a context loss costs no more than the last seconds. */
import type { Cancel, Clock } from '../core/clock.ts';

/** The default interval. */
export const SNAPSHOT_SECONDS = 10;

/** What snapshots are taken of. */
interface Subject {
  /** Increases when the state may have changed. */
  readonly version: number;
  keepSnapshot(): Promise<void>;
}

/**
 * Takes a snapshot at intervals, unless nothing has happened since the last one.
 *
 * @param seconds the interval; 0 for never
 * @param isLive whether there is a state at present
 * @param failed receives the reason why a snapshot was not taken
 * @returns a function that stops it
 */
export function keepSnapshots(
  clock: Clock,
  seconds: number,
  subject: Subject,
  isLive: () => boolean,
  failed: (error: unknown) => void,
): Cancel {
  if (seconds <= 0) return () => undefined;
  let isOver = false;
  let keptVersion = -1;
  const keep = async (): Promise<void> => {
    const { version } = subject;
    if (!isLive() || version === keptVersion) return;
    try {
      await subject.keepSnapshot();
      keptVersion = version;
    } catch (error) {
      // Usually the context, and with it the state, was lost. The previous snapshot is still available.
      failed(error);
    }
  };
  let stop: Cancel;
  const wait = (): void => {
    stop = clock.after(1000 * seconds, () => {
      void keep().then(() => {
        if (!isOver) wait();
      });
    });
  };
  wait();
  return () => {
    isOver = true;
    stop();
  };
}
