/**
 * Loops over rows in plain JavaScript, for backends whose memory is at hand.
 */

/** Copies rows `rows` of x, each of `columns` numbers, one after the other into `output`; zeros for −1. */
export function copyRows(x: Float32Array, rows: Int32Array, columns: number, output: Float32Array): void {
  for (let index = 0, to = 0; index < rows.length; index += 1, to += columns) {
    const row = rows[index];
    if (row < 0) {
      for (let column = 0; column < columns; column += 1) output[to + column] = 0;
    } else {
      const from = row * columns;
      for (let column = 0; column < columns; column += 1) output[to + column] = x[from + column];
    }
  }
}

/** Adds row i of `update` to row `rows[i]` of `output`, where there is such a row. */
export function addRows(output: Float32Array, rows: Int32Array, columns: number, update: Float32Array): void {
  const count = output.length / columns;
  for (let index = 0, from = 0; index < rows.length; index += 1, from += columns) {
    const row = rows[index];
    if (row < 0 || row >= count) continue;
    const to = row * columns;
    for (let column = 0; column < columns; column += 1) output[to + column] += update[from + column];
  }
}

/** Writes the sum of all rows of x into `output`. */
export function sumRows(x: Float32Array, columns: number, output: Float32Array): void {
  // In double precision, as a plain sum over thousands of rows loses digits.
  const total = new Float64Array(columns);
  for (let from = 0; from < x.length; from += columns) {
    for (let column = 0; column < columns; column += 1) total[column] += x[from + column];
  }
  output.set(total);
}
