/** Ends a command that runs until it is interrupted. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves at the first signal to terminate. A terminal and npm both pass on Ctrl-C, so the signal arrives more than
 * once. Later signals are ignored, and the clean-up has to finish by itself.
 */
export function interruption(): Promise<NodeJS.Signals> {
  // A process that exits because it has nothing left to do removes its handlers first, and a signal that arrives then
  // kills it. A process that calls exit() keeps its handlers until the end.
  process.once('beforeExit', () => process.exit());
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
  });
}
