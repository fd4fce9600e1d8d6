/** What the page tells its server about itself, every few seconds. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(300));

export const heartbeatSchema = v.object({
  /** Of the page's program. */
  version: text,
  model: text,
  renderer: text,
  /** By which a step is computed. */
  strategy: v.optional(text, ''),
  /** `failed`: the page could not start; `reason` says why. */
  mode: v.picklist(['show', 'guest', 'warning', 'closed', 'failed']),
  reason: v.optional(text, ''),
  /** Since the page was loaded. */
  uptimeSeconds: amount,
  stepsPerSecond: amount,
  framesPerSecond: amount,
  /** Since a frame was last shown. */
  frameAgeSeconds: amount,
  step: count,
  /** Lost contexts since the page was loaded. */
  losses: count,
  /** Digits whose state ran away and was reset. */
  resets: count,
  /** Touches that took the exhibit over. */
  guests: count,
  /** When the page was loaded, in milliseconds since 1970: which page counts. */
  pageStart: v.optional(amount, 0),
  /** Times that guests have touched the screen, … */
  touches: v.optional(count, 0),
  /** … digits of theirs that the cells have named, … */
  digitsRead: v.optional(count, 0),
  /** … and for how long they have played, all since the page was loaded. */
  playSeconds: v.optional(amount, 0),
  /** Errors of the page's program. */
  errors: count,
  /** Of JavaScript's heap, where the browser tells. */
  heapBytes: v.nullable(amount),
  textureBytes: amount,
  glObjects: count,
  wakeLock: v.boolean(),
});

export type Heartbeat = v.InferOutput<typeof heartbeatSchema>;

/** Longer than any heartbeat, in bytes. */
export const MOST_HEARTBEAT_BYTES = 4096;

/** Where heartbeats are sent, beside the page. */
export const HEARTBEAT_PATH = 'heartbeat';

/** Sends one; a server that is away misses it, and that is all. */
export async function sendHeartbeat(heartbeat: Heartbeat): Promise<void> {
  try {
    await fetch(`./${HEARTBEAT_PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(heartbeat),
      // Safari before 16 waits as long as it likes.
      ...('timeout' in AbortSignal ? { signal: AbortSignal.timeout(5000) } : {}),
    });
  } catch {
    return;
  }
}

/** Bytes of JavaScript's heap in use, or null; only browsers of the Chromium family tell. */
export function heapBytes(): number | null {
  const { memory } = performance as { memory?: { usedJSHeapSize?: unknown } };
  return typeof memory?.usedJSHeapSize === 'number' ? memory.usedJSHeapSize : null;
}
