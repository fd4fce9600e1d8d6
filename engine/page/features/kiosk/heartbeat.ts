/** What the page reports to its server about itself, every few seconds. */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(300));

export const heartbeatSchema = v.object({
  /** The version of the page. */
  version: text,
  model: text,
  renderer: text,
  /** The strategy that computes the step. */
  strategy: v.optional(text, ''),
  /** `failed`: the page could not start; `reason` says why. */
  mode: v.picklist(['show', 'guest', 'warning', 'closed', 'failed']),
  reason: v.optional(text, ''),
  /** Seconds since the page was loaded. */
  uptimeSeconds: amount,
  stepsPerSecond: amount,
  framesPerSecond: amount,
  /** Seconds since a frame was last shown. */
  frameAgeSeconds: amount,
  step: count,
  /** Lost contexts since the page was loaded. */
  losses: count,
  /** Digits whose state diverged and was reset. */
  resets: count,
  /** Touches with which a guest took over. */
  guests: count,
  /** When the page was loaded, in milliseconds since 1970. It identifies the page. */
  pageStart: v.optional(amount, 0),
  /** The number of the guests' touches, … */
  touches: v.optional(count, 0),
  /** … the number of their digits that the cells have named, … */
  digitsRead: v.optional(count, 0),
  /** … and how long they have played, all since the page was loaded. */
  playSeconds: v.optional(amount, 0),
  /** Errors in the page's code. */
  errors: count,
  /** Size of the JavaScript heap in bytes, if the browser reports it. */
  heapBytes: v.nullable(amount),
  textureBytes: amount,
  glObjects: count,
  wakeLock: v.boolean(),
});

export type Heartbeat = v.InferOutput<typeof heartbeatSchema>;

/** Longer than any heartbeat, in bytes. */
export const MOST_HEARTBEAT_BYTES = 4096;

/** The path to which heartbeats are sent, relative to the page. */
export const HEARTBEAT_PATH = 'heartbeat';

/** Sends a heartbeat. If the server is unreachable, the heartbeat is lost without an error. */
export async function sendHeartbeat(heartbeat: Heartbeat): Promise<void> {
  try {
    await fetch(`./${HEARTBEAT_PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(heartbeat),
      // Safari before 16 waits without a limit.
      ...('timeout' in AbortSignal ? { signal: AbortSignal.timeout(5000) } : {}),
    });
  } catch {
    return;
  }
}

/** Bytes of the JavaScript heap in use, or null; only browsers of the Chromium family report it. */
export function heapBytes(): number | null {
  const { memory } = performance as { memory?: { usedJSHeapSize?: unknown } };
  return typeof memory?.usedJSHeapSize === 'number' ? memory.usedJSHeapSize : null;
}
