/** Where an exhibit keeps the signs of its guests: in the browser's own database. Nothing leaves the machine. */

const DATABASE = 'gallery';
const STORE = 'models';
const KEY = 'taught';

export interface Gallery {
  /** The name of the exhibit's own model, which the signs were taught to. */
  readonly own: string;
  /** The taught model's file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Keeps the signs until they are replaced. If the browser has no room, they last until the next start. */
export async function keepGallery(gallery: Gallery): Promise<void> {
  await request('readwrite', (store) => store.put(gallery, KEY)).catch(() => undefined);
}

export async function forgetGallery(): Promise<void> {
  await request('readwrite', (store) => store.delete(KEY)).catch(() => undefined);
}

/** Returns the signs that were kept, or null. */
export async function recallGallery(): Promise<Gallery | null> {
  const value: unknown = await request('readonly', (store) => store.get(KEY) as IDBRequest<unknown>).catch(() => null);
  if (typeof value !== 'object' || value === null) return null;
  const { own, bytes } = value as { own?: unknown; bytes?: unknown };
  return typeof own === 'string' && bytes instanceof Uint8Array ? { own, bytes: new Uint8Array(bytes) } : null;
}

async function request<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await answer(opening);
  try {
    return await answer(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function answer<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('The database did not answer.'));
  });
}
