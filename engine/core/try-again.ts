/** The time before the second try, for a server that is just starting or a network that is just changing. */
const PAUSE_MILLISECONDS = 300;

/**
 * Returns what `work` resolves with. If it rejects, it is tried once more after a short pause, so that a broken
 * connection does not bother the user.
 *
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
