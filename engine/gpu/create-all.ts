/**
 * Returns all of several things that own GPU objects or, if one of them cannot be created, none: the others are freed.
 *
 * @throws the error of the first one that failed
 */
export async function createAll<T extends { dispose(): void }>(made: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(made);
  const things = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure) return things;
  for (const thing of things) thing.dispose();
  throw failure.reason;
}

/**
 * Returns the result of `make`, which `owners` are to own. If it fails, they are freed.
 *
 * @throws the error of `make`
 */
export function disposeOnFailure<T>(owners: readonly { dispose(): void }[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    for (const owner of owners) owner.dispose();
    throw error;
  }
}
