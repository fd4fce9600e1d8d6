import { expect, it } from 'vitest';
import { inkAfterBrush, visitStroke } from './brush.ts';
import type { StrokePoint } from './types.ts';

function paint(points: StrokePoint[], radius: number, size = 20): Uint8Array {
  const ink = new Uint8Array(size * size);
  visitStroke(points, radius, size, size, (cell, share) => {
    ink[cell] = inkAfterBrush(ink[cell], share, { radius });
  });
  return ink;
}

it('leaves no gaps however far apart the points of a stroke are', () => {
  const ink = paint(
    [
      { x: 2, y: 10 },
      { x: 18, y: 10 },
    ],
    1.5,
  );
  for (let x = 2; x < 18; x += 1) expect(ink[10 * 20 + x]).toBeGreaterThan(200);
});

it('gives the same ink for a stroke cut in two as for one in a piece', () => {
  const whole = paint(
    [
      { x: 3, y: 4 },
      { x: 9, y: 12 },
      { x: 16, y: 5 },
    ],
    1.2,
  );
  const first = paint(
    [
      { x: 3, y: 4 },
      { x: 9, y: 12 },
    ],
    1.2,
  );
  const second = paint(
    [
      { x: 9, y: 12 },
      { x: 16, y: 5 },
    ],
    1.2,
  );
  expect(first.map((ink, cell) => Math.max(ink, second[cell]))).toEqual(whole);
});

it('draws thinner where a pen presses less, and stays inside the canvas', () => {
  const full = paint([{ x: 10, y: 10 }], 3).filter((ink) => ink > 0).length;
  const light = paint([{ x: 10, y: 10, pressure: 0.4 }], 3).filter((ink) => ink > 0).length;
  expect(light).toBeLessThan(full / 2);
  expect(() => paint([{ x: -50, y: 500 }], 4)).not.toThrow();
});

it('adds ink without making it darker twice, and erases to nothing', () => {
  expect(inkAfterBrush(100, 0.2, { radius: 1 })).toBe(100);
  expect(inkAfterBrush(100, 0.8, { radius: 1 })).toBe(204);
  expect(inkAfterBrush(255, 1, { radius: 1, erase: true })).toBe(0);
  expect(inkAfterBrush(30, 0.1, { radius: 1, erase: true })).toBe(30);
});
