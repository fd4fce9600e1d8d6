/*
 * Keeps the page's files, so that it opens without a network. The build puts VERSION, a digest of all files, and FILES,
 * their addresses relative to the page, in front of this script.
 */
/* global VERSION, FILES */

/** Names of caches are shared by all that lies on the same host. */
const PREFIX = `digits ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

/** After this long a network that does not answer counts as absent. */
const PATIENCE_MILLISECONDS = 4000;

/** The build puts a digest of the content into the names of these, so that they never change. */
const IMMUTABLE = /\/assets\/[^/]+-[\w-]{8}\.\w+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(store());
});

// No page of an older version is taken over: it keeps its own files until it is closed.
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(self.registration.scope)) return;
  const stored = storedAddress(address);
  if (!KEPT.has(stored)) return;
  event.respondWith(IMMUTABLE.test(address.pathname) ? storedFirst(request, stored) : networkFirst(request, stored));
});

const KEPT = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));

/** The page is one file, whatever its query and whether its name is spelled out. */
function storedAddress({ origin, pathname }) {
  return (origin + pathname).replace(/\/index\.html$/, '/');
}

async function store() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache: what is kept belongs to this version.
  await cache.addAll([...KEPT].map((address) => new Request(address, { cache: 'reload' })));
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function storedFirst(request, stored) {
  return (await caches.match(stored, { cacheName: CACHE })) ?? fetch(request);
}

/** With a network, what is new is shown at once. */
async function networkFirst(request, stored) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
  try {
    return await fetch(request, { signal: patience.signal });
  } catch (error) {
    const kept = await caches.match(stored, { cacheName: CACHE });
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
