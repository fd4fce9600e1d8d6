/**
 * Loops over rows in plain JavaScript, for backends whose memory is at hand.
 */

/** The same memory as whole numbers: copied without the way through double precision that floats take. */
function bitsOf(values: Float32Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}

/** Copies rows `rows` of x, each of `columns` numbers, one after the other into `output`. */
export function copyRows(x: Float32Array, rows: Int32Array, columns: number, output: Float32Array): void {
  const source = bitsOf(x);
  const target = bitsOf(output);
  for (let index = 0, to = 0; index < rows.length; index += 1) {
    for (let from = rows[index] * columns, end = from + columns; from < end; from += 1, to += 1) {
      target[to] = source[from];
    }
  }
}

/** Adds row i of `update` to row `rows[i]` of `output`, where that is below `limit`. */
export function addRows(
  output: Float32Array,
  rows: Int32Array,
  columns: number,
  update: Float32Array,
  limit: number,
): void {
  for (let index = 0, from = 0; index < rows.length; index += 1, from += columns) {
    if (rows[index] >= limit) continue;
    const to = rows[index] * columns;
    for (let column = 0; column < columns; column += 1) output[to + column] += update[from + column];
  }
}

/** Writes the sum of all rows of x into `output`. */
export function sumRows(x: Float32Array, columns: number, output: Float32Array): void {
  let column = 0;
  // Four columns at a time: their sums stay in registers.
  for (; column + 4 <= columns; column += 4) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let at = column; at < x.length; at += columns) {
      sum0 += x[at];
      sum1 += x[at + 1];
      sum2 += x[at + 2];
      sum3 += x[at + 3];
    }
    output[column] = sum0;
    output[column + 1] = sum1;
    output[column + 2] = sum2;
    output[column + 3] = sum3;
  }
  for (; column < columns; column += 1) {
    let sum = 0;
    for (let at = column; at < x.length; at += columns) sum += x[at];
    output[column] = sum;
  }
}
