import { expect, test } from 'vitest';
import { insetsFor } from './room.ts';

const SCREEN = { width: 1000, height: 800 };
const NONE = { top: 0, right: 0, bottom: 0, left: 0 };

test('the canvas leaves the bar its side, and a little more', () => {
  expect(insetsFor('bottom', { left: 100, right: 900, top: 700, bottom: 794 }, SCREEN)).toEqual({
    ...NONE,
    bottom: 106,
  });
  expect(insetsFor('top', { left: 100, right: 900, top: 6, bottom: 100 }, SCREEN)).toEqual({ ...NONE, top: 106 });
  expect(insetsFor('left', { left: 6, right: 100, top: 200, bottom: 600 }, SCREEN)).toEqual({ ...NONE, left: 106 });
  expect(insetsFor('right', { left: 900, right: 994, top: 200, bottom: 600 }, SCREEN)).toEqual({ ...NONE, right: 106 });
});

test('a bar across the screen has the canvas on its larger side', () => {
  expect(insetsFor('bottom', { left: 0, right: 1000, top: 500, bottom: 600 }, SCREEN)).toEqual({
    ...NONE,
    bottom: 306,
  });
  expect(insetsFor('bottom', { left: 0, right: 1000, top: 200, bottom: 300 }, SCREEN)).toEqual({ ...NONE, top: 306 });
});
