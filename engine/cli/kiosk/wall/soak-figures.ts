/** What a soak of a wall finds out from what its screens have shown. */

/** Pairs of the server's time and the step that a screen showed, in order. */
export type Shown = readonly number[];

/** The time of the first frame that showed more than `step` steps, or null if none has. */
function timeOf(shown: Shown, step: number): number | null {
  for (let index = 0; index < shown.length; index += 2) if (shown[index + 1] > step) return shown[index];
  return null;
}

/**
 * For each frame of each screen, by how many steps the screens differed at its time. Only the time for which all screens
 * have frames counts.
 */
export function spreads(screens: readonly Shown[]): number[] {
  const events = screens.flatMap((shown, screen) =>
    Array.from({ length: shown.length / 2 }, (_, index) => ({
      time: shown[2 * index],
      step: shown[2 * index + 1],
      screen,
    })),
  );
  events.sort((one, other) => one.time - other.time);
  const end = Math.min(...screens.map((shown) => shown.at(-2) ?? -Infinity));
  const steps = new Map<number, number>();
  const found: number[] = [];
  for (const { time, step, screen } of events) {
    steps.set(screen, step);
    if (steps.size < screens.length || time > end) continue;
    const values = [...steps.values()];
    found.push(Math.max(...values) - Math.min(...values));
  }
  return found;
}

/** A stroke's segment: when it was sent, in the server's time, and the step before which it happened. */
export interface Stroke {
  readonly time: number;
  readonly step: number;
}

/** The time until the last screen has shown a stroke; null if some have not yet, or have no frames from before it. */
export function latency({ time, step }: Stroke, screens: readonly Shown[]): number | null {
  let last = time;
  for (const shown of screens) {
    const at = shown[0] <= time ? timeOf(shown, step) : null;
    if (at === null) return null;
    last = Math.max(last, at);
  }
  return last - time;
}

/** Frames are kept for this long, for strokes that arrive late. */
const KEPT_MILLISECONDS = 30_000;

/** Adds up what the screens show, look by look. */
export class SoakRecord {
  /** For each frame, by how many steps the screens differed. */
  readonly spreads: number[] = [];
  /** For each stroke, the time until all screens have shown it, in milliseconds. */
  readonly delays: number[] = [];
  #screens: Shown[] = [];
  #strokes: readonly Stroke[] = [];
  #seen = -Infinity;

  /** The server's time up to which the frames of all screens are known. */
  get seen(): number {
    return this.#seen;
  }

  /** @param fresh what the screens have shown since {@link seen} */
  take(fresh: readonly Shown[], strokes: readonly Stroke[]): void {
    this.spreads.push(...spreads(fresh));
    this.#screens = fresh.map((shown, index) => {
      const before = this.#screens[index] ?? [];
      const latest = before.at(-2) ?? -Infinity;
      return [...before, ...from(shown, latest)];
    });
    this.#seen = Math.min(...this.#screens.map((shown) => shown.at(-2) ?? -Infinity));
    const oldest = this.#seen - KEPT_MILLISECONDS;
    this.#strokes = [...this.#strokes, ...strokes].filter((stroke) => {
      const delay = latency(stroke, this.#screens);
      if (delay !== null) this.delays.push(delay);
      return delay === null && stroke.time > oldest;
    });
    this.#screens = this.#screens.map((shown) => from(shown, oldest));
  }
}

/** The frames after a time. */
function from(shown: Shown, time: number): Shown {
  const first = shown.findIndex((value, index) => index % 2 === 0 && value > time);
  return first < 0 ? [] : shown.slice(first);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function shareWithin(values: readonly number[], most: number): number {
  return values.filter((value) => value <= most).length / values.length;
}
