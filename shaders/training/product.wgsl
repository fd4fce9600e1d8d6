// The matrix product of a layer, for a block of cells at a time.
//
// ODD_AT: where the inputs of layers with odd numbers begin in `block`. BLOCK_SIZE: its length.

// The number of vectors that hold one number of all cells of a block.
const VECTORS = 2u;

// The numbers of all cells of the block: number n of cell c is block[VECTORS * n + c / 4][c % 4].
var<workgroup> block: array<vec4f, BLOCK_SIZE>;
var<workgroup> partials: array<vec4f, THREADS * VECTORS>;

// Where the inputs of layer `number` are in `block`. After the last layer, these are the outputs.
fn inputsAt(number: u32) -> u32 {
  return select(0u, ODD_AT, number % 2u == 1u);
}

fn slot(at: u32, number: u32, cell: u32) -> u32 {
  return at + VECTORS * number + cell / 4u;
}

// The matrix of `weights` at `kernelAt`, row-major [inputs, units], times the block's numbers at `sourceAt`. Both
// inputs and units are multiples of 4. If there are few units, several threads share each of them.
fn multiply(sourceAt: u32, targetAt: u32, inputs: u32, units: u32, kernelAt: u32, thread: u32) {
  let slices = max(1u, THREADS / units);
  // The number of inputs per slice, a multiple of four.
  let span = 4u * ((inputs / 4u + slices - 1u) / slices);
  let slice = thread / units;
  let start = select(0u, slice * span, slices > 1u);
  let end = select(inputs, min(inputs, start + span), slices > 1u);
  for (var unit = select(thread, thread % units, slices > 1u); unit < units; unit += THREADS) {
    var low = vec4f(0.0);
    var high = vec4f(0.0);
    for (var input = start; input < end; input += 4u) {
      let at = kernelAt + input * units + unit;
      let weight0 = weights[at];
      let weight1 = weights[at + units];
      let weight2 = weights[at + 2u * units];
      let weight3 = weights[at + 3u * units];
      let seen = sourceAt + VECTORS * input;
      low += weight0 * block[seen] + weight1 * block[seen + 2u] + weight2 * block[seen + 4u] + weight3 * block[seen + 6u];
      high += weight0 * block[seen + 1u] + weight1 * block[seen + 3u] + weight2 * block[seen + 5u] + weight3 * block[seen + 7u];
    }
    if (slices > 1u) {
      partials[VECTORS * thread] = low;
      partials[VECTORS * thread + 1u] = high;
    } else {
      block[targetAt + VECTORS * unit] = low;
      block[targetAt + VECTORS * unit + 1u] = high;
    }
  }
  workgroupBarrier();
  if (slices > 1u) {
    for (var at = thread; at < VECTORS * units; at += THREADS) {
      var sum = partials[at];
      for (var other = 1u; other < slices; other += 1u) {
        sum += partials[VECTORS * units * other + at];
      }
      block[targetAt + at] = sum;
    }
    workgroupBarrier();
  }
}
