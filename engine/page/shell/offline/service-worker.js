/*
 * Keeps the page's files, so that it opens without a network. The build puts in front of this script: VERSION, a digest
 * of all files; FILES, their addresses relative to the page; MARK, a text that the page of every version contains.
 */
/* global VERSION, FILES, MARK */

/** Names of caches are shared by all that lies on the same host. */
const PREFIX = `digits ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

/** A network that has not answered in full by then counts as absent. */
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
  event.respondWith(IMMUTABLE.test(address.pathname) ? storedFirst(request, stored) : networkFirst(event, stored));
});

const KEPT = new Set(FILES.map((file) => new URL(file, self.registration.scope).href));

/** The page is one file, whatever its query and whether its name is spelled out. */
function storedAddress({ origin, pathname }) {
  return (origin + pathname).replace(/\/index\.html$/, '/');
}

async function store() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache: what is kept belongs to this version.
  const keep = async (address) =>
    cache.put(address, await ownAnswer(new Request(address, { cache: 'reload' }), address));
  await Promise.all([...KEPT].map(keep));
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** Undefined where there is none, or where the browser has closed its storage. */
function keptCopy(stored) {
  return caches.match(stored, { cacheName: CACHE }).catch(() => undefined);
}

async function storedFirst(request, stored) {
  return (await keptCopy(stored)) ?? fetch(request);
}

/** The clients whose page was taken from here, because the network had none. */
const keptPages = new Set();

/** With a network, what is new is shown at once. */
async function networkFirst({ request, clientId, resultingClientId }, stored) {
  const kept = await keptCopy(stored);
  if (!kept) return fetch(request);
  // Its other files belong to the same version, and the network is not waited for again.
  if (keptPages.has(clientId)) return kept;
  try {
    return await ownAnswer(request, stored, AbortSignal.timeout(PATIENCE_MILLISECONDS));
  } catch {
    if (request.mode === 'navigate') keptPages.add(resultingClientId);
    return kept;
  }
}

/**
 * The network's answer, when all of it is there.
 * @throws where it is late, or not of this site: an error of a server in between, a redirect, the page of a captive portal
 */
async function ownAnswer(request, stored, signal) {
  const response = await fetch(request, { signal });
  const body = await response.arrayBuffer();
  if (!response.ok || !isOwn(stored, response.headers, body)) throw new Error(`${stored} did not come from this site.`);
  const headers = new Headers(response.headers);
  // Of what was sent, not of what it was unpacked to.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Whether this can be the file, of whatever version: what others send in its place is HTML, without our mark. */
function isOwn(stored, headers, body) {
  const text = () => new TextDecoder().decode(body);
  if (stored === self.registration.scope) return text().includes(MARK);
  const isHtml = headers.get('Content-Type')?.includes('html') ?? false;
  return !isHtml && (stored.endsWith('.svg') || !text().trimStart().startsWith('<'));
}
