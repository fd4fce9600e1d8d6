/**
 * Ends a command that runs until it is interrupted.
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves at the first signal to end. A terminal and npm both pass on Ctrl-C, so that the same wish arrives
 * more than once: the later signals are ignored, and what cleans up has to finish by itself.
 */
export function interruption(): Promise<NodeJS.Signals> {
  // A process that merely has nothing left to do gives its handlers up first, and dies of a signal that comes then;
  // one that exits by a call keeps them to its last moment.
  process.once('beforeExit', () => process.exit());
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
  });
}
