/**
 * SOAP (Vyas et al. 2024, arXiv:2409.11321): Adam in the basis in which Shampoo's preconditioner is diagonal. Each
 * weight matrix has a basis for its rows and one for its columns: the eigenvectors of the moving averages of G·Gᵀ and
 * Gᵀ·G, which orthogonal iteration tracks. The basis separates gradients of different weights that move together, which
 * plain Adam cannot do.
 */
import type { Variable } from '../rollout/layers.ts';

/** A longer side keeps its own basis: computing another would take longer than the step. */
const LONGEST_SIDE = 512;
/** Separates directions without gradients from each other; a share of the mean eigenvalue. */
const RIDGE = 1e-6;

/** The state of the sides of all matrices: flat squares, one after the other. */
export interface Sides {
  /** Moving averages of G·Gᵀ and Gᵀ·G. */
  readonly covariances: Float32Array;
  /** Their eigenvectors, as rows. */
  readonly bases: Float32Array;
}

/** Writes the product of two matrices, the second of which is row-major, into `out`, row-major, in double precision. */
export type MatrixProduct = (left: MatrixView, right: MatrixView, out: Float64Array) => void;

/** A variable as a row-major matrix, and where the squares of its sides begin; null for a long side. */
interface Matrix {
  readonly offset: number;
  readonly size: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowSide: number | null;
  readonly columnSide: number | null;
}

/**
 * A kernel of 3×3 taps has a row for each tap, as a depthwise one has few columns; a full one, whose columns would be a
 * long side then, has a row for each tap and channel.
 */
function rowsOf(shape: readonly number[]): number {
  if (shape.length < 4) return shape[0];
  const taps = shape[0] * shape[1];
  return shape[2] * shape[3] > LONGEST_SIDE ? taps * shape[2] : taps;
}

/** The weight matrices of a model. Takes values into their bases and back. */
export class Eigenbasis {
  readonly #matrices: readonly Matrix[];
  readonly #length: number;
  readonly #multiply: MatrixProduct;
  /** A product before it is rounded, and a transposed operand in row-major order. */
  readonly #product: Float64Array;
  readonly #operand: Float32Array;

  constructor(variables: readonly Variable[], product: MatrixProduct = multiply) {
    this.#multiply = product;
    let length = 0;
    const place = (side: number): number | null => {
      if (side > LONGEST_SIDE) return null;
      length += side * side;
      return length - side * side;
    };
    this.#matrices = variables
      .filter(({ shape }) => shape.length > 1)
      .map(({ shape, offset, size }) => {
        const rows = rowsOf(shape);
        const columns = size / rows;
        return { offset, size, rows, columns, rowSide: place(rows), columnSide: place(columns) };
      });
    this.#length = length;
    const squares = [...this.#squares()].map((square) => square.length ** 2);
    const largest = Math.max(0, ...this.#matrices.map(({ size }) => size), ...squares);
    this.#product = new Float64Array(largest);
    this.#operand = new Float32Array(largest);
  }

  /** Numbers of each part of its {@link Sides}. */
  get length(): number {
    return this.#length;
  }

  /** Sides before the first step: their bases are the weights' own. */
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

  /** The same matrix in row-major order, valid until the next call. */
  #packed(matrix: MatrixView): MatrixView {
    pack(matrix, this.#operand);
    return view(this.#operand, 0, matrix.rows, matrix.columns);
  }

  /** Moves the covariances towards those of one flat gradient, by a share of 1 − `decay`. */
  follow({ covariances }: Sides, gradient: Float32Array, decay: number): void {
    const product = this.#product;
    const move = (side: number, length: number): void => {
      for (let index = 0; index < length * length; index += 1) {
        covariances[side + index] = decay * covariances[side + index] + (1 - decay) * product[index];
      }
    };
    for (const { offset, rows, columns, rowSide, columnSide } of this.#matrices) {
      const slopes = view(gradient, offset, rows, columns);
      if (rowSide !== null) {
        this.#multiply(slopes, this.#packed(transposed(slopes)), product);
        move(rowSide, rows);
      }
      if (columnSide !== null) {
        this.#multiply(transposed(slopes), slopes, product);
        move(columnSide, columns);
      }
    }
  }

  /** Turns the bases towards the eigenvectors of the covariances by one orthogonal iteration. */
  turn({ covariances, bases }: Sides): void {
    const product = this.#product;
    for (const { side, length } of this.#squares()) {
      let trace = 0;
      for (let index = 0; index < length; index += 1) trace += covariances[side + index * (length + 1)];
      const ridge = (RIDGE * trace) / length;
      if (ridge === 0) continue;
      this.#multiply(view(bases, side, length, length), view(covariances, side, length, length), product);
      for (let index = 0; index < length * length; index += 1) product[index] += ridge * bases[side + index];
      orthonormalise(product, length);
      for (let index = 0; index < length * length; index += 1) bases[side + index] = product[index];
    }
  }

  /** Takes flat values, in place, into the bases: B·X·Cᵀ for a matrix X and the bases B of its rows, C of its columns. */
  enter({ bases }: Sides, values: Float32Array): void {
    const product = this.#product;
    for (const { offset, size, rows, columns, rowSide, columnSide } of this.#matrices) {
      const matrix = view(values, offset, rows, columns);
      if (rowSide !== null) {
        this.#multiply(view(bases, rowSide, rows, rows), matrix, product);
        copy(product, values, offset, size);
      }
      if (columnSide !== null) {
        const basis = view(bases, columnSide, columns, columns);
        this.#multiply(matrix, this.#packed(transposed(basis)), product);
        copy(product, values, offset, size);
      }
    }
  }

  /** Takes flat values, in place, out of the bases: Bᵀ·X·C. */
  leave({ bases }: Sides, values: Float32Array): void {
    const product = this.#product;
    for (const { offset, size, rows, columns, rowSide, columnSide } of this.#matrices) {
      const matrix = view(values, offset, rows, columns);
      if (rowSide !== null) {
        this.#multiply(transposed(view(bases, rowSide, rows, rows)), matrix, product);
        copy(product, values, offset, size);
      }
      if (columnSide !== null) {
        this.#multiply(matrix, view(bases, columnSide, columns, columns), product);
        copy(product, values, offset, size);
      }
    }
  }
}

/** A matrix in flat numbers: the element (row, column) is at offset + row · rowStride + column · columnStride. */
export interface MatrixView {
  readonly values: Float32Array;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A row-major matrix that begins at `offset`. */
function view(values: Float32Array, offset: number, rows: number, columns: number): MatrixView {
  return { values, offset, rows, columns, rowStride: columns, columnStride: 1 };
}

/** The same numbers with rows and columns swapped; nothing is copied. */
function transposed({ rows, columns, rowStride, columnStride, ...place }: MatrixView): MatrixView {
  return { ...place, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

/**
 * out = A·B, row-major. B must be row-major, too. Two rows of A and four of B at a time: of loads, which are what the
 * loop waits for, this needs half as many for every product as one row of A, and a third as many as one by one.
 */
function multiply(left: MatrixView, right: MatrixView, out: Float64Array): void {
  const { values: a, offset: aOffset, rows, columns: inner, rowStride: aRow, columnStride: aColumn } = left;
  const { values: b, offset: bOffset, columns } = right;
  out.fill(0, 0, rows * columns);
  const [pairedRows, groupedInner] = [rows - (rows % 2), inner - (inner % 4)];
  for (let row = 0; row < pairedRows; row += 2) {
    const to = row * columns;
    const nextTo = to + columns;
    for (let middle = 0; middle < groupedInner; middle += 4) {
      const from = aOffset + row * aRow + middle * aColumn;
      const [a0, a1, a2, a3] = [a[from], a[from + aColumn], a[from + 2 * aColumn], a[from + 3 * aColumn]];
      const next = from + aRow;
      const [c0, c1, c2, c3] = [a[next], a[next + aColumn], a[next + 2 * aColumn], a[next + 3 * aColumn]];
      const at = bOffset + middle * columns;
      for (let column = 0; column < columns; column += 1) {
        const b0 = b[at + column];
        const b1 = b[at + columns + column];
        const b2 = b[at + 2 * columns + column];
        const b3 = b[at + 3 * columns + column];
        out[to + column] += a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3;
        out[nextTo + column] += c0 * b0 + c1 * b1 + c2 * b2 + c3 * b3;
      }
    }
  }
  for (let row = 0; row < rows; row += 1) {
    // What the pairs and fours have left.
    for (let middle = row < pairedRows ? groupedInner : 0; middle < inner; middle += 1) {
      const factor = a[aOffset + row * aRow + middle * aColumn];
      const from = bOffset + middle * columns;
      for (let column = 0; column < columns; column += 1) out[row * columns + column] += factor * b[from + column];
    }
  }
}

/** Copies a matrix in row-major order. */
function pack({ values, offset, rows, columns, rowStride, columnStride }: MatrixView, out: Float32Array): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      out[row * columns + column] = values[offset + row * rowStride + column * columnStride];
    }
  }
}

function copy(from: Float64Array, to: Float32Array, offset: number, size: number): void {
  for (let index = 0; index < size; index += 1) to[offset + index] = from[index];
}

/**
 * Makes the rows of a square orthonormal, first to last (Gram and Schmidt, modified, but for four earlier rows at a
 * time, which are orthonormal already). What rounding leaves is the square's condition, which the ridge bounds to 1e8,
 * times 1e-16.
 */
function orthonormalise(square: Float64Array, length: number): void {
  for (let row = 0; row < length; row += 1) {
    const start = row * length;
    let earlier = 0;
    for (; earlier + 3 < row; earlier += 4) {
      const other = earlier * length;
      let [along0, along1, along2, along3] = [0, 0, 0, 0];
      for (let column = 0; column < length; column += 1) {
        const value = square[start + column];
        along0 += value * square[other + column];
        along1 += value * square[other + length + column];
        along2 += value * square[other + 2 * length + column];
        along3 += value * square[other + 3 * length + column];
      }
      for (let column = 0; column < length; column += 1) {
        square[start + column] -=
          along0 * square[other + column] +
          along1 * square[other + length + column] +
          along2 * square[other + 2 * length + column] +
          along3 * square[other + 3 * length + column];
      }
    }
    for (; earlier < row; earlier += 1) {
      const other = earlier * length;
      let along = 0;
      for (let column = 0; column < length; column += 1) along += square[start + column] * square[other + column];
      for (let column = 0; column < length; column += 1) square[start + column] -= along * square[other + column];
    }
    let norm = 0;
    for (let column = 0; column < length; column += 1) norm += square[start + column] ** 2;
    const factor = 1 / Math.sqrt(norm);
    for (let column = 0; column < length; column += 1) square[start + column] *= factor;
  }
}
