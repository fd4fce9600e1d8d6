/**
 * SOAP (Vyas et al. 2024, arXiv:2409.11321): Adam in the basis in which Shampoo's preconditioner is diagonal. Each
 * weight matrix has a basis for its rows and one for its columns: the eigenvectors of the moving averages of G·Gᵀ and
 * Gᵀ·G, followed by orthogonal iteration. Slopes of different weights that move together, which plain Adam cannot see,
 * come apart there.
 */
import type { Variable } from '../automaton/layers.ts';

/** A longer side keeps its own basis: another would cost more than the step. */
const LONGEST_SIDE = 128;
/** Keeps directions without slopes apart from each other; a share of the mean eigenvalue. */
const RIDGE = 1e-6;

/** What is remembered of the sides of all matrices: flat squares, one behind the other. */
export interface Sides {
  /** Moving averages of G·Gᵀ and Gᵀ·G. */
  readonly covariances: Float32Array;
  /** Their eigenvectors, as rows. */
  readonly bases: Float32Array;
}

/** A variable seen as a matrix, row-major, and where the squares of its sides begin; null for a long side. */
interface Matrix {
  readonly offset: number;
  readonly size: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowSide: number | null;
  readonly columnSide: number | null;
}

/** The weight matrices of a model, and the way into their bases and back. */
export class Eigenbasis {
  readonly #matrices: readonly Matrix[];
  readonly #length: number;
  /** For one matrix in the middle of a rotation, and for one square in the middle of an iteration. */
  readonly #scratch: Float64Array;
  readonly #square = new Float64Array(LONGEST_SIDE * LONGEST_SIDE);

  constructor(variables: readonly Variable[]) {
    let length = 0;
    const place = (side: number): number | null => {
      if (side > LONGEST_SIDE) return null;
      length += side * side;
      return length - side * side;
    };
    this.#matrices = variables
      .filter(({ shape }) => shape.length > 1)
      .map(({ shape, offset, size }) => {
        // A kernel of 3×3 taps has a row for each tap.
        const rows = shape.length === 4 ? shape[0] * shape[1] : shape[0];
        const columns = size / rows;
        return { offset, size, rows, columns, rowSide: place(rows), columnSide: place(columns) };
      });
    this.#length = length;
    this.#scratch = new Float64Array(Math.max(0, ...this.#matrices.map(({ size }) => size)));
  }

  /** Sides that nothing is known of yet: their bases are the weights' own. */
  beginSides(): Sides {
    const sides = { covariances: new Float32Array(this.#length), bases: new Float32Array(this.#length) };
    for (const { side, length } of this.#squares()) {
      for (let index = 0; index < length; index += 1) sides.bases[side + index * (length + 1)] = 1;
    }
    return sides;
  }

  *#squares(): Generator<{ side: number; length: number }> {
    for (const { rows, columns, rowSide, columnSide } of this.#matrices) {
      if (rowSide !== null) yield { side: rowSide, length: rows };
      if (columnSide !== null) yield { side: columnSide, length: columns };
    }
  }

  /** Moves the covariances towards those of one flat gradient, by a share of 1 − `decay`. */
  follow({ covariances }: Sides, gradient: Float32Array, decay: number): void {
    const share = 1 - decay;
    for (const { offset, rows, columns, rowSide, columnSide } of this.#matrices) {
      if (rowSide !== null) {
        for (let row = 0; row < rows; row += 1) {
          for (let other = 0; other <= row; other += 1) {
            let sum = 0;
            const [a, b] = [offset + row * columns, offset + other * columns];
            for (let column = 0; column < columns; column += 1) sum += gradient[a + column] * gradient[b + column];
            const here = rowSide + row * rows + other;
            const value = decay * covariances[here] + share * sum;
            covariances[here] = value;
            covariances[rowSide + other * rows + row] = value;
          }
        }
      }
      if (columnSide !== null) {
        const end = columnSide + columns * columns;
        for (let index = columnSide; index < end; index += 1) covariances[index] *= decay;
        for (let row = 0; row < rows; row += 1) {
          const start = offset + row * columns;
          for (let column = 0; column < columns; column += 1) {
            const factor = share * gradient[start + column];
            const here = columnSide + column * columns;
            for (let other = 0; other < columns; other += 1)
              covariances[here + other] += factor * gradient[start + other];
          }
        }
      }
    }
  }

  /** Turns the bases towards the eigenvectors of the covariances by one orthogonal iteration. */
  turn({ covariances, bases }: Sides): void {
    const square = this.#square;
    for (const { side, length } of this.#squares()) {
      let trace = 0;
      for (let index = 0; index < length; index += 1) trace += covariances[side + index * (length + 1)];
      const ridge = (RIDGE * trace) / length;
      if (ridge === 0) continue;
      for (let row = 0; row < length; row += 1) {
        const start = row * length;
        for (let column = 0; column < length; column += 1)
          square[start + column] = ridge * bases[side + start + column];
        for (let inner = 0; inner < length; inner += 1) {
          const factor = bases[side + start + inner];
          const from = side + inner * length;
          for (let column = 0; column < length; column += 1)
            square[start + column] += factor * covariances[from + column];
        }
      }
      orthonormalise(square, length);
      for (let index = 0; index < length * length; index += 1) bases[side + index] = square[index];
    }
  }

  /** Takes flat values, in place, into the bases. */
  enter(sides: Sides, values: Float32Array): void {
    this.#rotate(sides, values, false);
  }

  /** Takes flat values, in place, out of the bases. */
  leave(sides: Sides, values: Float32Array): void {
    this.#rotate(sides, values, true);
  }

  #rotate({ bases }: Sides, values: Float32Array, out: boolean): void {
    const scratch = this.#scratch;
    for (const { offset, size, rows, columns, rowSide, columnSide } of this.#matrices) {
      if (rowSide !== null) {
        scratch.fill(0, 0, size);
        for (let row = 0; row < rows; row += 1) {
          for (let inner = 0; inner < rows; inner += 1) {
            const factor = bases[rowSide + (out ? inner * rows + row : row * rows + inner)];
            const [to, from] = [row * columns, offset + inner * columns];
            for (let column = 0; column < columns; column += 1) scratch[to + column] += factor * values[from + column];
          }
        }
        for (let index = 0; index < size; index += 1) values[offset + index] = scratch[index];
      }
      if (columnSide !== null) {
        scratch.fill(0, 0, size);
        for (let row = 0; row < rows; row += 1) {
          const start = row * columns;
          for (let column = 0; column < columns; column += 1) {
            const basis = columnSide + column * columns;
            if (out) {
              const factor = values[offset + start + column];
              for (let other = 0; other < columns; other += 1) scratch[start + other] += factor * bases[basis + other];
            } else {
              let sum = 0;
              for (let other = 0; other < columns; other += 1)
                sum += values[offset + start + other] * bases[basis + other];
              scratch[start + column] = sum;
            }
          }
        }
        for (let index = 0; index < size; index += 1) values[offset + index] = scratch[index];
      }
    }
  }
}

/** Makes the rows of a square orthonormal, first to last (Gram and Schmidt, modified). */
function orthonormalise(square: Float64Array, length: number): void {
  for (let row = 0; row < length; row += 1) {
    const start = row * length;
    // Twice is enough (Kahan): what rounding left of the earlier rows goes the second time.
    for (let pass = 0; pass < 2; pass += 1) {
      for (let earlier = 0; earlier < row; earlier += 1) {
        const other = earlier * length;
        let along = 0;
        for (let column = 0; column < length; column += 1) along += square[start + column] * square[other + column];
        for (let column = 0; column < length; column += 1) square[start + column] -= along * square[other + column];
      }
    }
    let norm = 0;
    for (let column = 0; column < length; column += 1) norm += square[start + column] ** 2;
    const factor = 1 / Math.sqrt(norm);
    for (let column = 0; column < length; column += 1) square[start + column] *= factor;
  }
}
