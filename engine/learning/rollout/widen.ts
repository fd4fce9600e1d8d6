/**
 * Widens the hidden layers of a trained model. The wider model computes the same steps, and has spare units for a run
 * that continues from it (a function-preserving transformation, Chen et al. 2016, arXiv:1511.05641).
 */
import type { ModelSpecification } from '../../common/model/specification.ts';
import { variablesOf } from './layers.ts';

/** `narrow` with every hidden layer that has fewer units than in `wide` given as many; the same if there is none. */
export function widenedSpecification(narrow: ModelSpecification, wide: ModelSpecification): ModelSpecification {
  const last = narrow.update.length - 1;
  const update = narrow.update.map((layer, index) => ({
    ...layer,
    units: index < last ? Math.max(layer.units, wide.update[index]?.units ?? 0) : layer.units,
  }));
  return { ...narrow, update };
}

/**
 * Flat weights of `wide`, which is {@link widenedSpecification} of `narrow`, that compute what `weights` do. A new
 * unit has the inputs that it has in `fresh`, and its output is not used yet.
 */
export function widenWeights(
  narrow: ModelSpecification,
  weights: Float32Array,
  wide: ModelSpecification,
  fresh: Float32Array,
): Float32Array {
  const flat = fresh.slice();
  const before = variablesOf(narrow);
  variablesOf(wide).forEach(({ shape, offset, size }, index) => {
    const old = before[index];
    // The last two dimensions are a matrix from inputs to units; a bias is one of a single row.
    const [columns, oldColumns] = [shape, old.shape].map((sides) => sides[sides.length - 1]);
    const oldRows = old.size / oldColumns;
    for (let row = 0; row < size / columns; row += 1) {
      const to = offset + row * columns;
      if (row >= oldRows) flat.fill(0, to, to + columns);
      else flat.set(weights.subarray(old.offset + row * oldColumns, old.offset + (row + 1) * oldColumns), to);
    }
  });
  return flat;
}
