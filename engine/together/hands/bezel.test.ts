import { describe, expect, it } from 'vitest';
import { BezelBridge } from './bezel.ts';

const LEFT = { x: 0, y: 0, width: 100, height: 80 };
const RIGHT = { x: 110, y: 0, width: 100, height: 80 };

const stroke = (number: number, ...points: readonly (readonly [number, number])[]) => ({
  do: 'stroke' as const,
  stroke: number,
  points: points.map(([x, y]) => ({ x, y })),
  radius: 1.5,
  erase: false,
});

describe('a stroke that leaves one screen and comes down on the next', () => {
  it('is joined behind the bezel', () => {
    const bridge = new BezelBridge();
    bridge.take(1, LEFT, stroke(1, [80, 40], [99, 41]), 0);
    expect(bridge.take(2, RIGHT, stroke(7, [112, 42], [120, 42]), 300).points).toEqual([
      { x: 99, y: 41 },
      { x: 112, y: 42 },
      { x: 120, y: 42 },
    ]);
  });

  it('is joined once, and not again by its next segments', () => {
    const bridge = new BezelBridge();
    bridge.take(1, LEFT, stroke(1, [80, 40], [99, 41]), 0);
    bridge.take(2, RIGHT, stroke(7, [112, 42]), 100);
    expect(bridge.take(2, RIGHT, stroke(7, [112, 42], [113, 42]), 120).points).toHaveLength(2);
    expect(bridge.take(2, RIGHT, stroke(8, [112, 44]), 200).points).toHaveLength(1);
  });

  it.each([
    ['too late', stroke(7, [112, 42]), 900],
    ['in the middle of the screen', stroke(7, [150, 42]), 100],
    ['against the direction', stroke(7, [112, 2]), 100],
    ['with another brush', { ...stroke(7, [112, 42]), radius: 4 }, 100],
    ['with the eraser', { ...stroke(7, [112, 42]), erase: true }, 100],
  ])('is not joined %s', (_why, next, milliseconds) => {
    const bridge = new BezelBridge();
    bridge.take(1, LEFT, stroke(1, [95, 39], [99, 41]), 0);
    expect(bridge.take(2, RIGHT, next, milliseconds).points).toHaveLength(1);
  });

  it('is not joined if it did not reach the edge, or on the same screen', () => {
    const bridge = new BezelBridge();
    bridge.take(1, LEFT, stroke(1, [40, 40], [60, 41]), 0);
    expect(bridge.take(2, RIGHT, stroke(7, [112, 42]), 100).points).toHaveLength(1);
    bridge.take(1, LEFT, stroke(2, [80, 40], [99, 41]), 200);
    expect(bridge.take(1, LEFT, stroke(3, [99, 42]), 300).points).toHaveLength(1);
  });
});
