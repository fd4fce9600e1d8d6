import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS, type Hours, isOpen, isWithin, minutesOf, wallTime } from './hours.ts';

const BERLIN = 'Europe/Berlin';
const at = (moment: string) => wallTime(new Date(moment), BERLIN);
const MUSEUM: Hours[] = [
  { days: ['tuesday', 'wednesday', 'thursday'], from: '09:00', to: '18:00' },
  { days: ['saturday'], from: '20:00', to: '02:00' },
];

describe('hours', () => {
  it('begin at their first minute and end before their last', () => {
    const tuesday = (time: string) => ({ day: DAYS.indexOf('tuesday'), minutes: minutesOf(time) });
    expect(isWithin(MUSEUM, tuesday('08:59'))).toBe(false);
    expect(isWithin(MUSEUM, tuesday('09:00'))).toBe(true);
    expect(isWithin(MUSEUM, tuesday('17:59'))).toBe(true);
    expect(isWithin(MUSEUM, tuesday('18:00'))).toBe(false);
  });

  it('go on after midnight into a day that is not theirs', () => {
    const on = (day: number, time: string) => isWithin(MUSEUM, { day, minutes: minutesOf(time) });
    expect(on(6, '19:59')).toBe(false);
    expect(on(6, '23:59')).toBe(true);
    // Saturday's hours go on into Sunday, the week's first day.
    expect(on(0, '01:59')).toBe(true);
    expect(on(0, '02:00')).toBe(false);
    expect(on(6, '01:00')).toBe(false);
  });

  it('that end when they begin last a whole day', () => {
    const always: Hours[] = [{ from: '06:00', to: '06:00' }];
    fc.assert(
      fc.property(fc.nat(6), fc.nat(1439), (day, minutes) => {
        expect(isWithin(always, { day, minutes })).toBe(true);
      }),
    );
  });

  it('up to 24:00 last until midnight and no longer', () => {
    const evening: Hours[] = [{ days: ['friday'], from: '20:00', to: '24:00' }];
    expect(isWithin(evening, { day: 5, minutes: 1439 })).toBe(true);
    expect(isWithin(evening, { day: 6, minutes: 0 })).toBe(false);
  });

  it('that are none mean always open', () => {
    expect(isOpen([], { day: 3, minutes: 200 })).toBe(true);
    expect(isOpen(MUSEUM, { day: 1, minutes: 600 })).toBe(false);
  });

  it('follow the clock on the wall into summer time and out of it', () => {
    const daily: Hours[] = [{ from: '02:30', to: '03:30' }];
    // 29 March 2026: 02:00 becomes 03:00, so of the hour only the half from 03:00 on comes.
    expect(at('2026-03-29T00:59:00Z')).toEqual({ day: 0, minutes: minutesOf('01:59') });
    expect(at('2026-03-29T01:00:00Z')).toEqual({ day: 0, minutes: minutesOf('03:00') });
    expect(isWithin(daily, at('2026-03-29T01:00:00Z'))).toBe(true);
    expect(isWithin(daily, at('2026-03-29T01:30:00Z'))).toBe(false);
    // 25 October 2026: 03:00 becomes 02:00, so 02:30 comes twice.
    expect(isWithin(daily, at('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isWithin(daily, at('2026-10-25T01:00:00Z'))).toBe(false);
    expect(isWithin(daily, at('2026-10-25T01:30:00Z'))).toBe(true);
    expect(isWithin(daily, at('2026-10-25T02:30:00Z'))).toBe(false);
  });

  it('open at nine in winter and in summer', () => {
    const daily: Hours[] = [{ from: '09:00', to: '18:00' }];
    for (const [opening, before] of [
      ['2026-01-15T08:00:00Z', '2026-01-15T07:59:00Z'],
      ['2026-07-15T07:00:00Z', '2026-07-15T06:59:00Z'],
    ]) {
      expect(isWithin(daily, at(opening))).toBe(true);
      expect(isWithin(daily, at(before))).toBe(false);
    }
  });
});
