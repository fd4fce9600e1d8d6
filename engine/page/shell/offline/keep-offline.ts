/** Lets the page open without a network once it has been here. */

/** Registers the service worker of the built page; where there can be none, the page works as it always did. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
  } catch {
    // A page from a file, in a sandbox, or without a secure address.
    return;
  }
}
