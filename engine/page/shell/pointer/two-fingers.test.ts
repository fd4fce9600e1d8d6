import { expect, test } from 'vitest';
import { meaningOfSecond } from './two-fingers.ts';

const PHONE = { width: 390, height: 620 };
const DESK = { width: 1280, height: 720 };
const at = (x: number, y: number, startMilliseconds: number) => ({ position: { x, y }, startMilliseconds });
const first = (reach: number) => ({ ...at(100, 100, 0), reach });

test('a second finger is a gesture soon after the first, and at any time beside one that has hardly moved', () => {
  for (const canvas of [PHONE, DESK]) {
    expect(meaningOfSecond(first(0), at(200, 100, 50), canvas)).toBe('gesture');
    expect(meaningOfSecond(first(80), at(200, 100, 700), canvas)).toBe('gesture');
    expect(meaningOfSecond(first(10), at(200, 100, 9000), canvas)).toBe('gesture');
  }
});

test('beside a finger that draws, a second one draws on a large screen, and moves the view on a phone', () => {
  expect(meaningOfSecond(first(80), at(200, 100, 2000), DESK)).toBe('own-stroke');
  expect(meaningOfSecond(first(80), at(200, 100, 2000), PHONE)).toBe('gesture-after-stroke');
});

test('fingers further apart than a hand spans belong to two people, but on a phone', () => {
  expect(meaningOfSecond(first(0), at(1000, 100, 10), DESK)).toBe('own-stroke');
  expect(meaningOfSecond(first(0), at(380, 610, 10), PHONE)).toBe('gesture');
});
