/** Has the state kept now and then, so that a GPU that takes its context back takes no more than the last seconds. */
import type { Cancel, Clock } from '../core/clock.ts';

/** How often, where nobody says otherwise. */
export const SNAPSHOT_SECONDS = 10;

/** What snapshots are made of. */
interface Subject {
  /** Grows when the state may have changed. */
  readonly version: number;
  keepSnapshot(): Promise<void>;
}

/**
 * Keeps a snapshot every so many seconds, unless nothing has happened since the last.
 * @param seconds 0: never
 * @param isLive whether there is a state at present
 * @param failed told why a snapshot was not made
 * @returns ends it
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
      // Mostly a lost context, with which went the state; the snapshot before is still there.
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
