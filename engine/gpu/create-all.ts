/**
 * All of several things that own GPU objects or, where one of them cannot be
 * made, none: the others are freed.
 * @throws what the first of them failed with
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
 * What `make` makes, for things that are to own it; they are freed where it fails.
 * @throws what `make` fails with
 */
export function disposeOnFailure<T>(owners: readonly { dispose(): void }[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    for (const owner of owners) owner.dispose();
    throw error;
  }
}
