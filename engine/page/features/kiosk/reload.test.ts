import { expect, it } from 'vitest';
import { forgetReloads, nextReloadSeconds, startSeconds } from './reload.ts';

function memory(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
  } as unknown as Storage;
}

it('waits longer before each reload, at last longer than browsers refuse WebGL', () => {
  const tab = memory();
  const waits = Array.from({ length: 8 }, () => nextReloadSeconds(tab));
  expect(waits).toEqual([5, 10, 20, 40, 80, 130, 130, 130]);
});

it('gives a start twice the time after one that took too long, up to eight times', () => {
  const tab = memory();
  const patience = Array.from({ length: 5 }, () => {
    const seconds = startSeconds(tab);
    nextReloadSeconds(tab);
    return seconds;
  });
  expect(patience).toEqual([60, 120, 240, 480, 480]);
});

it('is quick again after a good run', () => {
  const tab = memory();
  nextReloadSeconds(tab);
  nextReloadSeconds(tab);
  forgetReloads(tab);
  expect(nextReloadSeconds(tab)).toBe(5);
});

it('takes a broken memory, or none, for the first time', () => {
  const broken = memory();
  broken.setItem('kiosk-reloads', 'many');
  expect(nextReloadSeconds(broken)).toBe(5);
  expect(nextReloadSeconds(null)).toBe(5);
});
