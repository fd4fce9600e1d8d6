/** What the events of a replay consist of. */
import * as v from 'valibot';

export const MOST_STEPS = 10_000_000;

export const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
export const between = (low: number, high: number) => v.pipe(v.number(), v.minValue(low), v.maxValue(high));

/** Steps since the previous event. */
export const after = whole(0, MOST_STEPS);
