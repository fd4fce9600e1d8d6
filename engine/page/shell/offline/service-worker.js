/*
 * Keeps the page's files, so that the page opens without a network. The build prepends three constants to this script:
 * VERSION, a digest of all files; FILES, their addresses relative to the page; and MARK, a text that the page contains
 * in every version.
 */
/* global VERSION, FILES, MARK */

/** Cache names are shared by everything on the same host. */
const PREFIX = `digits ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

/** A network that has not answered in full within this time counts as absent. */
const PATIENCE_MILLISECONDS = 4000;

/** The build puts a digest of the content into the names of these files, so their content never changes. */
const IMMUTABLE = /\/assets\/[^/]+-[\w-]{8}\.\w+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(store());
});

// Pages of an older version are not taken over. They keep their own files until they are closed.
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || !address.href.startsWith(self.registration.scope)) return;
  const stored = storedAddress(address);
  if (!KEPT.has(stored)) return;
  event.respondWith(IMMUTABLE.test(address.pathname) ? storedFirst(request, stored) : networkFirst(event, stored));
});

const KEPT = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));

/** The page is a single file, whatever its query, and whether or not the address ends in its name. */
function storedAddress({ origin, pathname }) {
  return (origin + pathname).replace(/\/index\.html$/, '/');
}

async function store() {
  const cache = await caches.open(CACHE);
  // Bypasses the browser's own cache, so that the kept files belong to this version.
  const keep = async (address) =>
    cache.put(address, await ownAnswer(new Request(address, { cache: 'reload' }), address));
  await Promise.all([...KEPT].map(keep));
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** Resolves to undefined if there is no copy, or if the browser blocks its storage. */
function keptCopy(stored) {
  return caches.match(stored, { cacheName: CACHE }).catch(() => undefined);
}

async function storedFirst(request, stored) {
  return (await keptCopy(stored)) ?? fetch(request);
}

/** The clients whose page was served from the cache because the network failed. */
const keptPages = new Set();

/** With a network, a new version is shown immediately. */
async function networkFirst({ request, clientId, resultingClientId }, stored) {
  const kept = await keptCopy(stored);
  if (!kept) return fetch(request);
  // The page's other files must be of the same version, and there is no need to wait for the network again.
  if (keptPages.has(clientId)) return kept;
  try {
    return await ownAnswer(request, stored, AbortSignal.timeout(PATIENCE_MILLISECONDS));
  } catch {
    if (request.mode === 'navigate') keptPages.add(resultingClientId);
    return kept;
  }
}

/**
 * Returns the network's answer once it is complete.
 * @throws Error if the answer is late or does not come from this site: a proxy's error, a redirect, or the page of a
 * captive portal
 */
async function ownAnswer(request, stored, signal) {
  const response = await fetch(request, { signal });
  const body = await response.arrayBuffer();
  if (!response.ok || !isOwn(stored, response.headers, body)) throw new Error(`${stored} did not come from this site.`);
  const headers = new Headers(response.headers);
  // These headers describe the data as it was sent, not as it was unpacked.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Whether this can be the file, in any version. What others send instead is HTML without our mark. */
function isOwn(stored, headers, body) {
  const text = () => new TextDecoder().decode(body);
  if (stored === self.registration.scope) return text().includes(MARK);
  const isHtml = headers.get('Content-Type')?.includes('html') ?? false;
  return !isHtml && (stored.endsWith('.svg') || !text().trimStart().startsWith('<'));
}
