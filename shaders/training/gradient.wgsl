// The gradient of the weights, inputsᵀ · slopes over all rows of the traces. A workgroup processes one tile of one
// layer's kernel over one share of the rows; `sum.wgsl` adds the shares.
//
// TILES: the number of tiles of all layers. SHARES: the number of shares of the rows. PARAMETERS: the size of a
// gradient.

// The number of rows in the workgroup's memory at a time, and the inputs and units of a tile.
const CHUNK = 16u;
const SIDE = 64u;
const VECTORS_A_SIDE = 16u;

struct Tile {
  layer: u32,
  input: u32,
  unit: u32,
}

// [inputs of the layers][rows], as `forward.wgsl` leaves them.
@group(1) @binding(0) var<storage, read> trace: array<vec4f>;
// [units of the layers][rows], as `backward.wgsl` leaves them.
@group(1) @binding(1) var<storage, read> slopeTrace: array<vec4f>;
// [SHARES, PARAMETERS]
@group(1) @binding(2) var<storage, read_write> shares: array<f32>;

var<workgroup> inputs: array<vec4f, CHUNK * VECTORS_A_SIDE>;
var<workgroup> slopes: array<vec4f, CHUNK * VECTORS_A_SIDE>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tile = TILES[group.x];
  let layer = LAYERS[tile.layer];
  let column = thread % VECTORS_A_SIDE;
  let row = thread / VECTORS_A_SIDE;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  var bias = 0.0;
  // `step` is the last one here, and its rows are the last of the trace.
  let end = step.traceAt + (step.fired + CELLS - 1u) / CELLS * CELLS;
  for (var first = group.y * CHUNK; first < end; first += SHARES * CHUNK) {
    let place = first + row;
    let isInput = place < end && tile.input + 4u * column < layer.inputs;
    let isUnit = place < end && tile.unit + 4u * column < layer.units;
    var input = vec4f(0.0);
    if (isInput) {
      input = trace[(layer.inputsBefore * step.traceRows + place * layer.inputs + tile.input) / 4u + column];
    }
    var slope = vec4f(0.0);
    if (isUnit) {
      slope = slopeTrace[(layer.unitsBefore * step.traceRows + place * layer.units + tile.unit) / 4u + column];
    }
    inputs[thread] = input;
    slopes[thread] = slope;
    workgroupBarrier();
    for (var at = 0u; at < CHUNK; at += 1u) {
      let value = inputs[at * VECTORS_A_SIDE + row];
      let steepness = slopes[at * VECTORS_A_SIDE + column];
      sum0 += value.x * steepness;
      sum1 += value.y * steepness;
      sum2 += value.z * steepness;
      sum3 += value.w * steepness;
    }
    if (tile.input == 0u && thread < SIDE) {
      for (var at = 0u; at < CHUNK; at += 1u) {
        bias += slopes[at * VECTORS_A_SIDE + thread / 4u][thread % 4u];
      }
    }
    workgroupBarrier();
  }
  let to = group.y * PARAMETERS;
  let unit = tile.unit + 4u * column;
  if (unit < layer.units) {
    let sums = array<vec4f, 4>(sum0, sum1, sum2, sum3);
    for (var lane = 0u; lane < 4u; lane += 1u) {
      let input = tile.input + 4u * row + lane;
      if (input < layer.inputs) {
        let at = to + layer.kernelAt + input * layer.units + unit;
        shares[at] = sums[lane].x;
        shares[at + 1u] = sums[lane].y;
        shares[at + 2u] = sums[lane].z;
        shares[at + 3u] = sums[lane].w;
      }
    }
  }
  if (tile.input == 0u && thread < SIDE && tile.unit + thread < layer.units) {
    shares[to + layer.biasAt + tile.unit + thread] = bias;
  }
}
