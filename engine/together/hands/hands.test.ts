import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Allowance } from './allowance.ts';
import { MOST_MESSAGE_CHARACTERS, MOST_POINTS, MOST_SEGMENT_CELLS } from './hand-messages.ts';
import { readFromHand } from './hand-schema.ts';
import { inkOfPath } from './ink.ts';
import { decodeTiles, encodeTile } from './map-code.ts';
import { ringOf } from './ring.ts';

const STROKE = { kind: 'stroke', n: 1, tool: 'pen', begins: true, points: [1, 2, 3, 4] };
const read = (value: unknown) => readFromHand(JSON.stringify(value));

describe('what a hand says', () => {
  it.each([
    { kind: 'join', token: 'ABC' },
    { kind: 'return', key: 'abc.1.def' },
    STROKE,
    { kind: 'stamp', n: 2, digit: 9, x: -3, y: 10.5 },
    { kind: 'look', x: 0, y: 0, width: 10, height: 10 },
  ])('is taken if it is sound: %j', (message) => {
    expect(read(message)).toEqual(message);
  });

  it.each([
    ['no object', 7],
    ['another kind', { kind: 'run', code: 'alert(1)' }],
    ['one field more', { ...STROKE, extra: 1 }],
    ['a number as text', { ...STROKE, n: '1' }],
    ['no number', { ...STROKE, n: 0 }],
    ['half a number', { ...STROKE, n: 1.5 }],
    ['a number that is no longer exact', { ...STROKE, n: 2 ** 53 }],
    ['another tool', { ...STROKE, tool: 'fire' }],
    ['markup', { ...STROKE, tool: '<img src=x>' }],
    ['half a point', { ...STROKE, points: [1, 2, 3] }],
    ['no point', { ...STROKE, points: [] }],
    ['too many points', { ...STROKE, points: Array.from({ length: 2 * MOST_POINTS + 2 }, () => 1) }],
    ['a point far away', { ...STROKE, points: [1e9, 0] }],
    ['a long segment', { ...STROKE, points: [0, 0, MOST_SEGMENT_CELLS + 1, 0] }],
    ['no digit', { kind: 'stamp', n: 2, digit: 10, x: 0, y: 0 }],
    ['a long token', { kind: 'join', token: 'A'.repeat(65) }],
    ['an empty token', { kind: 'join', token: '' }],
  ])('is refused with %s', (_why, message) => {
    expect(read(message)).toBeNull();
  });

  it('is refused if it is not JSON, has numbers that are none, or is too long', () => {
    expect(readFromHand('{')).toBeNull();
    expect(readFromHand('{"kind":"stamp","n":2,"digit":1,"x":NaN,"y":0}')).toBeNull();
    expect(readFromHand('{"kind":"stamp","n":2,"digit":1,"x":1e999,"y":0}')).toBeNull();
    const long = JSON.stringify(STROKE).padEnd(MOST_MESSAGE_CHARACTERS + 1);
    expect(readFromHand(long)).toBeNull();
    expect(readFromHand(long.slice(0, -1))).not.toBeNull();
  });

  it('never throws, and is never anything else than what was sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const message = readFromHand(text);
        if (message !== null) expect(message).toEqual(JSON.parse(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('an allowance', () => {
  it('never gives more than the rate and what it began with', () => {
    const spending = fc.array(fc.record({ wait: fc.nat(5000), amount: fc.nat(50) }), { maxLength: 200 });
    fc.assert(
      fc.property(spending, (steps) => {
        const allowance = new Allowance({ perSecond: 10, most: 100 }, 0);
        let [now, spent] = [0, 0];
        for (const { wait, amount } of steps) {
          now += wait;
          if (allowance.left(now) < amount) continue;
          allowance.spend(amount, now);
          spent += amount;
          expect(spent).toBeLessThanOrEqual(100 + (now / 1000) * 10 + 1e-6);
        }
      }),
    );
  });

  it('says how long a debt lasts, whatever the clock does', () => {
    const allowance = new Allowance({ perSecond: 10, most: 20 }, 1000);
    expect(allowance.spend(20, 1000)).toBe(0);
    expect(allowance.spend(5, 1000)).toBeCloseTo(500);
    expect(allowance.left(0)).toBeCloseTo(-5);
    expect(allowance.left(1500)).toBeCloseTo(0);
    expect(allowance.left(1e9)).toBe(20);
  });
});

describe('the map', () => {
  const tile = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(12)), {
    minLength: 1024,
    maxLength: 1024,
  });

  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(fc.array(tile, { minLength: 1, maxLength: 4 }), (tiles) => {
        const packet = Buffer.concat(tiles.map((cells, index) => encodeTile(index * 3, Uint8Array.from(cells))));
        const found: [number, number[]][] = [];
        expect(decodeTiles(packet, 1024, (number, cells) => found.push([number, [...cells]]))).toBe(true);
        expect(found).toEqual(tiles.map((cells, index) => [index * 3, cells]));
      }),
      { numRuns: 50 },
    );
  });

  it('of anything else is refused, and never read beyond its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const isSound = decodeTiles(bytes, 16, (_tile, cells) => expect(cells).toHaveLength(16));
        expect(typeof isSound).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
  });
});

it('ink is the area of a stroke', () => {
  expect(inkOfPath(null, [5, 5], 2)).toBeCloseTo(4 * Math.PI);
  expect(inkOfPath({ x: 0, y: 0 }, [3, 4, 3, 14], 1)).toBeCloseTo(2 * 15);
});

it('neighbours in number have different rings', () => {
  const rings = Array.from({ length: 32 }, (_, member) => JSON.stringify(ringOf(member)));
  expect(new Set(rings).size).toBe(32);
});
