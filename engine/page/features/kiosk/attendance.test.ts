import { beforeEach, describe, expect, it } from 'vitest';
import { Attendance, type Mode } from './attendance.ts';

let modes: Mode[] = [];
let attendance: Attendance;

beforeEach(() => {
  modes = [];
  attendance = new Attendance({ idleSeconds: 30, warningSeconds: 8, changed: (mode) => modes.push(mode) });
});

describe('the attendance', () => {
  it('hands over at the first touch', () => {
    attendance.touch(1000);
    expect(modes).toEqual(['guest']);
  });

  it('warns after the idle time, then continues the show', () => {
    attendance.touch(1000);
    attendance.update(30_999, true);
    expect(modes).toEqual(['guest']);
    attendance.update(31_000, true);
    expect(attendance.secondsLeft(33_000)).toBe(6);
    attendance.update(38_999, true);
    expect(modes).toEqual(['guest', 'warning']);
    attendance.update(39_000, true);
    expect(modes).toEqual(['guest', 'warning', 'show']);
    expect(attendance.secondsLeft(39_000)).toBeNull();
  });

  it('treats a touch during the warning as the guest’s', () => {
    attendance.touch(0);
    attendance.update(32_000, true);
    attendance.touch(33_000);
    attendance.update(60_000, true);
    expect(modes).toEqual(['guest', 'warning', 'guest']);
  });

  it('goes from guest to show immediately after a tab has slept', () => {
    attendance.touch(0);
    attendance.update(3_600_000, true);
    expect(modes).toEqual(['guest', 'show']);
  });

  it('gives the guest the whole idle time when the clock is set back', () => {
    attendance.touch(100_000);
    attendance.update(20_000, true);
    attendance.update(49_000, true);
    expect(attendance.mode).toBe('guest');
    attendance.update(50_000, true);
    expect(attendance.mode).toBe('warning');
  });

  it('closes even with a guest, ignores touches while closed, and opens with the show', () => {
    attendance.touch(0);
    attendance.update(1000, false);
    attendance.touch(2000);
    attendance.update(3000, false);
    attendance.update(4000, true);
    expect(modes).toEqual(['guest', 'closed', 'show']);
  });
});
