/** How long a server that is just starting, or a network that is just changing, gets before the second try. */
const PAUSE_MILLISECONDS = 300;

/**
 * What `work` resolves with. Where it rejects it is tried once more, after a short pause: a connection that breaks is
 * no reason to bother anybody.
 * @throws what the second try rejects with
 */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    return work();
  }
}
