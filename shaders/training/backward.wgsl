// From the gradient of the loss at the state after a step to that at the state before it. Each of the first workgroups
// processes a block of cells that fired; the remaining ones only update the gradient of the other cells.
//
// The gradients that a cell's neighbours send back are in `parts`, one for each cell that they saw. The following step
// has left its own there, and they are collected here. This is a gather, since neighbourhood is mutual.

@group(1) @binding(0) var<storage, read> routes: array<u32>;
@group(1) @binding(1) var<storage, read> neighbours: array<u32>;
@group(1) @binding(2) var<storage, read> weights: array<f32>;
// The inputs of the layers, from the forward pass.
@group(1) @binding(3) var<storage, read> trace: array<f32>;
// Two halves [live, CHANNELS].
@group(1) @binding(4) var<storage, read_write> slope: array<f32>;
// The gradients of the layers' units before their activation, layer after layer, [traceRows, units] each.
@group(1) @binding(5) var<storage, read_write> slopeTrace: array<f32>;
// Two halves [places, TAPS * CHANNELS].
@group(1) @binding(6) var<storage, read_write> parts: array<f32>;

// The gradient at the state after this step, which is also kept.
fn collect(row: u32, channel: u32) -> f32 {
  let at = row * CHANNELS + channel;
  var value = slope[step.half * step.live * CHANNELS + at];
  let before = step.half * step.partsSize;
  for (var tap = 0u; tap < TAPS; tap += 1u) {
    // The cell that has this one as its neighbour `tap`.
    let seer = neighbours[row * TAPS + TAPS - 1u - tap];
    if (seer < step.live) {
      let place = routes[step.laterRoutesAt + step.live + seer];
      if (place < step.laterFired) {
        value += parts[before + (place * TAPS + tap) * CHANNELS + channel];
      }
    }
  }
  slope[(1u - step.half) * step.live * CHANNELS + at] = value;
  return value;
}

fn keep(layer: Layer, place: u32, unit: u32, value: f32) {
  slopeTrace[layer.unitsBefore * step.traceRows + (step.traceAt + place) * layer.units + unit] = value;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let blocks = (step.fired + CELLS - 1u) / CELLS;
  if (group.x >= blocks) {
    let place = step.fired + (group.x - blocks) * (THREADS / CHANNELS) + thread / CHANNELS;
    if (place < step.live && thread < THREADS / CHANNELS * CHANNELS) {
      _ = collect(routes[step.routesAt + place], thread % CHANNELS);
    }
    return;
  }
  let firstPlace = group.x * CELLS;

  for (var at = thread; at < CELLS * CHANNELS; at += THREADS) {
    let channel = at % CHANNELS;
    let cell = at / CHANNELS;
    let place = firstPlace + cell;
    var value = 0.0;
    if (place < step.fired) {
      value = collect(routes[step.routesAt + place], channel);
    }
    block[slot(inputsAt(LAYER_COUNT), channel, cell)][cell % 4u] = value;
    keep(LAYERS[LAYER_COUNT - 1u], place, channel, value);
  }
  workgroupBarrier();

  for (var number = LAYER_COUNT; number > step.first; number -= 1u) {
    let layer = LAYERS[number - 1u];
    let to = inputsAt(number - 1u);
    multiply(inputsAt(number), to, layer.units, layer.inputs, layer.transposedAt, thread);
    for (var at = thread; at < CELLS * layer.inputs; at += THREADS) {
      let input = at % layer.inputs;
      let cell = at / layer.inputs;
      let place = firstPlace + cell;
      var value = block[slot(to, input, cell)][cell % 4u];
      if (number > 1u) {
        let earlier = LAYERS[number - 2u];
        let output = trace[layer.inputsBefore * step.traceRows + (step.traceAt + place) * layer.inputs + input];
        if (earlier.activation != 0u) {
          value *= slopeAt(earlier.activation, output);
          block[slot(to, input, cell)][cell % 4u] = value;
        }
        keep(earlier, place, input, value);
      } else {
        parts[(1u - step.half) * step.partsSize + place * layer.inputs + input] = value;
      }
    }
    workgroupBarrier();
  }
}
