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

/** For each stroke, the time until the last screen has shown it; those that were not shown by all are left out. */
export function latencies(
  strokes: readonly { readonly time: number; readonly step: number }[],
  screens: readonly Shown[],
): number[] {
  const begin = Math.max(...screens.map((shown) => shown[0] ?? Infinity));
  return strokes.flatMap(({ time, step }) => {
    if (time < begin) return [];
    const times = screens.map((shown) => timeOf(shown, step));
    return times.includes(null) ? [] : [Math.max(...times.map((each) => each ?? 0)) - time];
  });
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export function shareWithin(values: readonly number[], most: number): number {
  return values.filter((value) => value <= most).length / values.length;
}
