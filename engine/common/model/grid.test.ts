import { expect, it } from 'vitest';
import { Random } from '../random/random.ts';
import { TINY_SPECIFICATION } from './architectures.ts';
import { GRID_LEVELS, gridOf, roundToGrid } from './grid.ts';
import { sizeOf, weightShapes, type Tensor } from './weights.ts';

function someModel() {
  const random = new Random(4);
  const weights = new Map<string, Tensor>();
  for (const [name, shape] of weightShapes(TINY_SPECIFICATION)) {
    weights.set(name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => random.normal()) });
  }
  return { specification: TINY_SPECIFICATION, weights };
}

it.each(GRID_LEVELS)('finds again the grid of %i levels that weights were rounded to, exactly', (levels) => {
  const model = roundToGrid(someModel(), levels);
  for (const [name, { data }] of model.weights) {
    if (!name.endsWith('.kernel')) continue;
    const { values, scale } = gridOf(data);
    expect(Array.from(values).every(Number.isInteger)).toBe(true);
    expect(Math.max(...Array.from(values, Math.abs))).toBeLessThanOrEqual(levels);
    expect(Array.from(values, (value) => Math.fround(value * scale))).toEqual(Array.from(data));
  }
});

it('moves no weight by more than half a step, and no bias at all', () => {
  const before = someModel();
  const after = roundToGrid(before, 255);
  for (const [name, { data }] of before.weights) {
    const rounded = after.weights.get(name)?.data ?? new Float32Array(0);
    const step = name.endsWith('.kernel') ? Math.max(...Array.from(data, Math.abs)) / 255 : 0;
    data.forEach((value, index) => {
      expect(Math.abs(rounded[index] - value)).toBeLessThanOrEqual(step / 2 + 1e-7);
    });
  }
});

it('leaves weights that are on no grid unchanged', () => {
  const values = Float32Array.from([0.1, -0.37, 1, 0.5]);
  expect(gridOf(values)).toEqual({ values, scale: 1 });
});
