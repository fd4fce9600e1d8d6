import { describe, expect, it } from 'vitest';
import { Random } from '../../common/random/random.ts';
import { findPreset } from '../../../training/presets/index.ts';
import { Eigenbasis } from './eigenbasis.ts';
import { beginMoments, Optimizer } from './optimizer.ts';

const ROWS = 3;
const COLUMNS = 4;
const SIZE = ROWS * COLUMNS;
const VARIABLES = [
  { name: 'kernel', shape: [ROWS, COLUMNS], offset: 0, size: SIZE },
  { name: 'bias', shape: [COLUMNS], offset: SIZE, size: COLUMNS },
];

/** Slopes that move together: all are made of one row pattern of great and one of small deviation. */
function drawSlopes(random: Random): Float32Array {
  const [great, small] = [random.normal(), 0.01 * random.normal()];
  return Float32Array.from({ length: SIZE + COLUMNS }, (_, index) => {
    const column = index % COLUMNS;
    return great * (column + 1) + small * (column % 2 === 0 ? 1 : -1) + 0.001 * random.normal();
  });
}

function largestOffDiagonal(squares: Float32Array, side: number): number {
  const magnitudes = Array.from({ length: side * side }, (_, index) =>
    Math.floor(index / side) === index % side ? 0 : Math.abs(squares[index]),
  );
  return Math.max(...magnitudes);
}

describe('the basis of the slopes', () => {
  it('is the weights’ own at first', () => {
    const basis = new Eigenbasis(VARIABLES);
    const slopes = drawSlopes(new Random(1));
    const values = slopes.slice();
    basis.enter(basis.beginSides(), values);
    expect(values).toEqual(slopes);
  });

  it('turns until slopes that move together come apart, and there is a way back', () => {
    const basis = new Eigenbasis(VARIABLES);
    const sides = basis.beginSides();
    const random = new Random(2);
    for (let time = 0; time < 200; time += 1) {
      basis.follow(sides, drawSlopes(random), 0.99);
      basis.turn(sides);
    }
    // The covariances of the columns, seen from their basis: B·C·Bᵀ is diagonal.
    const rowSquare = ROWS * ROWS;
    const covariances = sides.covariances.subarray(rowSquare);
    const bases = sides.bases.subarray(rowSquare);
    const seen = new Float32Array(COLUMNS * COLUMNS);
    for (let i = 0; i < COLUMNS; i += 1) {
      for (let j = 0; j < COLUMNS; j += 1) {
        for (let k = 0; k < COLUMNS * COLUMNS; k += 1) {
          const [a, b] = [Math.floor(k / COLUMNS), k % COLUMNS];
          seen[i * COLUMNS + j] += bases[i * COLUMNS + a] * covariances[a * COLUMNS + b] * bases[j * COLUMNS + b];
        }
      }
    }
    expect(largestOffDiagonal(covariances, COLUMNS)).toBeGreaterThan(1);
    expect(largestOffDiagonal(seen, COLUMNS)).toBeLessThan(1e-3 * largestOffDiagonal(covariances, COLUMNS));

    const slopes = drawSlopes(random);
    const values = slopes.slice();
    basis.enter(sides, values);
    expect(Math.abs(values[0] - slopes[0])).toBeGreaterThan(1e-3);
    // A bias has no sides.
    expect(values.subarray(SIZE)).toEqual(slopes.subarray(SIZE));
    basis.leave(sides, values);
    values.forEach((value, index) => expect(value).toBeCloseTo(slopes[index], 4));
  });

  it('bears slopes that are all zero, and leaves long sides alone', () => {
    const long = [{ name: 'kernel', shape: [2, 4096], offset: 0, size: 8192 }];
    const basis = new Eigenbasis(long);
    const sides = basis.beginSides();
    expect(sides.bases).toEqual(Float32Array.of(1, 0, 0, 1));
    basis.follow(sides, new Float32Array(8192), 0.9);
    basis.turn(sides);
    expect(sides.bases).toEqual(Float32Array.of(1, 0, 0, 1));
  });
});

describe('the sides of a kernel of 3×3 taps', () => {
  const lengthOf = (...shape: number[]): number =>
    new Eigenbasis([{ name: 'perceive.kernel', shape, offset: 0, size: shape.reduce((a, b) => a * b) }]).length;

  it('are the taps and all filters of a depthwise one, and the inputs and features of a full one', () => {
    expect(lengthOf(3, 3, 16, 4)).toBe(9 ** 2 + 64 ** 2);
    expect(lengthOf(3, 3, 20, 80)).toBe(180 ** 2 + 80 ** 2);
  });
});

describe('Adam in the basis of the slopes', () => {
  /** Fits W to T in x·W = x·T for inputs that are nearly one and the same vector; the deviation of W in the end. */
  function fit(basis: { decay: number; everySteps: number } | null): number {
    const recipe = findPreset('accurate');
    const settings = { gradient: recipe.gradient, optimizer: { ...recipe.optimizer, basis } };
    const optimizer = new Optimizer(settings, VARIABLES);
    const random = new Random(3);
    const missing = Float32Array.from({ length: SIZE + COLUMNS }, (_, index) => (index < SIZE ? random.normal() : 0));
    const moments = beginMoments(missing.length);
    const steps = 600;
    for (let time = 1; time <= steps; time += 1) {
      const gradient = new Float32Array(missing.length);
      for (let sample = 0; sample < 8; sample += 1) {
        const common = random.normal();
        const inputs = Array.from({ length: ROWS }, (_, row) => (row + 1) * common + 0.05 * random.normal());
        for (let column = 0; column < COLUMNS; column += 1) {
          const fault = inputs.reduce((total, input, row) => total + input * missing[row * COLUMNS + column], 0);
          inputs.forEach((input, row) => (gradient[row * COLUMNS + column] += input * fault));
        }
      }
      optimizer.step(missing, gradient, moments, 0.05 * (1 - time / steps), time);
    }
    return Math.hypot(...missing.subarray(0, SIZE));
  }

  it('fits what inputs that hang together hide from plain Adam', () => {
    const plain = fit(null);
    const turned = fit({ decay: 0.95, everySteps: 10 });
    expect(turned).toBeLessThan(plain / 5);
  });

  it('goes on in the weights’ own basis if a run’s recipe changes', () => {
    const recipe = findPreset('accurate');
    const random = new Random(4);
    const moments = beginMoments(SIZE + COLUMNS);
    const weights = new Float32Array(SIZE + COLUMNS);
    const turned = new Optimizer(
      { gradient: { treatment: 'none' }, optimizer: { ...recipe.optimizer, basis: { decay: 0.9, everySteps: 1 } } },
      VARIABLES,
    );
    for (let time = 1; time <= 20; time += 1) turned.step(weights, drawSlopes(random), moments, 0.01, time);
    expect(moments.sides).not.toBeNull();
    const plain = new Optimizer(
      { gradient: { treatment: 'none' }, optimizer: { ...recipe.optimizer, basis: null } },
      VARIABLES,
    );
    plain.step(weights, drawSlopes(random), moments, 0.01, 21);
    expect(moments.sides).toBeNull();
    expect(weights.every(Number.isFinite)).toBe(true);
  });
});
