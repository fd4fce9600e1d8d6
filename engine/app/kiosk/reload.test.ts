import { expect, it } from 'vitest';
import { forgetReloads, nextReloadSeconds } from './reload.ts';

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
