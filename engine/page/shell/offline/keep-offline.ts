/** Lets the page open without a network once it has been visited. */

/** Registers the service worker of the built page. Where none is possible, the page works without one. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
  } catch {
    // The page comes from a file, runs in a sandbox, or has no secure address.
    return;
  }
}
