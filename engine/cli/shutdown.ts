/**
 * Ends a command that runs until it is interrupted.
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves at the first signal to end. A terminal and npm both pass on Ctrl-C, so that the same wish arrives
 * more than once: the later signals are ignored, and what cleans up has to finish by itself.
 */
export function interruption(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
  });
}
