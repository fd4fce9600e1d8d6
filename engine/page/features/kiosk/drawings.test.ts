import { describe, expect, it } from 'vitest';
import { Drawings } from './drawings.ts';

const LAYOUT = { columns: 4, rows: 3, tile: 32 };
const line = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));

describe('the drawings of guests', () => {
  it('hold the strokes that come near each other', () => {
    const drawings = new Drawings();
    const seven = drawings.add(line([10, 10], [22, 10], [14, 28]), LAYOUT);
    expect(drawings.add(line([12, 19], [20, 19]), LAYOUT)).toBe(seven);
    expect(seven?.size).toBe(18);
    const one = drawings.add(line([32, 10], [32, 28]), LAYOUT);
    expect(one).not.toBe(seven);
    expect(drawings.at({ x: 33, y: 20 })).toBe(one);
    expect(drawings.at({ x: 15, y: 20 })).toBe(seven);
    expect(drawings.at({ x: 80, y: 80 })).toBeNull();
  });

  it('of two hands at once stay apart', () => {
    const drawings = new Drawings();
    const left = drawings.add(line([10, 10]), LAYOUT);
    const right = drawings.add(line([100, 10]), LAYOUT);
    expect(drawings.add(line([10, 10], [10, 14]), LAYOUT)).toBe(left);
    expect(drawings.add(line([100, 10], [100, 14]), LAYOUT)).toBe(right);
  });

  it('lie on every tile that they pass, however quick the hand is, and on no other', () => {
    const drawings = new Drawings();
    expect([...(drawings.add(line([16, 16], [112, 16]), LAYOUT)?.tiles ?? [])]).toEqual([0, 1, 2, 3]);
    drawings.forget();
    expect([...(drawings.add(line([-20, 50], [20, 50], [20, 300]), LAYOUT)?.tiles ?? [])]).toEqual([4, 8]);
  });

  it('reach the tiles beside them with their ink', () => {
    const drawing = new Drawings().add(line([31, 10], [31, 25]), LAYOUT);
    expect([...(drawing?.tiles ?? [])]).toEqual([0]);
    expect([...(drawing?.reach ?? [])].sort()).toEqual([0, 1]);
  });

  it('are gone when they are forgotten', () => {
    const drawings = new Drawings();
    drawings.add(line([10, 10]), LAYOUT);
    drawings.forget();
    expect(drawings.at({ x: 10, y: 10 })).toBeNull();
    expect(drawings.add([], LAYOUT)).toBeNull();
  });
});
