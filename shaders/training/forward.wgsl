// A step of the automaton. Each of the first workgroups processes a block of firing cells; the remaining ones copy the
// state of the cells that do not fire.
//
// TRACE: whether to keep the inputs of every layer for the backward pass. NOISE: whether updates have noise.

@group(1) @binding(0) var<storage, read> routes: array<u32>;
// The rows of the neighbours of every live row, [live, TAPS].
@group(1) @binding(1) var<storage, read> neighbours: array<u32>;
@group(1) @binding(2) var<storage, read> weights: array<f32>;
@group(1) @binding(3) var<storage, read> noise: array<f32>;
// Two halves [rows, CHANNELS].
@group(1) @binding(4) var<storage, read_write> state: array<f32>;
// The inputs of the firing cells, layer after layer, [traceRows, inputs] each.
@group(1) @binding(5) var<storage, read_write> trace: array<f32>;

fn carryOver(group: u32, thread: u32) {
  let place = step.fired + group * (THREADS / CHANNELS) + thread / CHANNELS;
  if (place >= step.live || thread >= THREADS / CHANNELS * CHANNELS) {
    return;
  }
  let at = routes[step.routesAt + place] * CHANNELS + thread % CHANNELS;
  state[(1u - step.half) * step.stateSize + at] = state[step.half * step.stateSize + at];
}

fn keep(layer: Layer, place: u32, input: u32, value: f32) {
  if (TRACE) {
    trace[layer.inputsBefore * step.traceRows + (step.traceAt + place) * layer.inputs + input] = value;
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let blocks = (step.fired + CELLS - 1u) / CELLS;
  if (group.x >= blocks) {
    carryOver(group.x - blocks, thread);
    return;
  }
  let firstPlace = group.x * CELLS;
  let before = step.half * step.stateSize;

  // What the cells see. A place without a cell sees nothing, which leaves zeros in the trace.
  for (var at = thread; at < CELLS * TAPS * CHANNELS; at += THREADS) {
    let input = at % (TAPS * CHANNELS);
    let cell = at / (TAPS * CHANNELS);
    let place = firstPlace + cell;
    var value = 0.0;
    if (place < step.fired) {
      let row = neighbours[routes[step.routesAt + place] * TAPS + input / CHANNELS];
      value = state[before + row * CHANNELS + input % CHANNELS];
    }
    block[slot(inputsAt(0u), input, cell)][cell % 4u] = value;
    keep(LAYERS[0], place, input, value);
  }
  workgroupBarrier();

  for (var number = 0u; number < LAYER_COUNT; number += 1u) {
    let layer = LAYERS[number];
    let outputsAt = inputsAt(number + 1u);
    multiply(inputsAt(number), outputsAt, layer.inputs, layer.units, layer.kernelAt, thread);
    for (var at = thread; at < CELLS * layer.units; at += THREADS) {
      let unit = at % layer.units;
      let cell = at / layer.units;
      var value = block[slot(outputsAt, unit, cell)][cell % 4u] + weights[layer.biasAt + unit];
      value = activated(layer.activation, value);
      block[slot(outputsAt, unit, cell)][cell % 4u] = value;
      if (number + 1u < LAYER_COUNT) {
        keep(LAYERS[number + 1u], firstPlace + cell, unit, value);
      }
    }
    workgroupBarrier();
  }

  for (var at = thread; at < CELLS * CHANNELS; at += THREADS) {
    let channel = at % CHANNELS;
    let cell = at / CHANNELS;
    let place = firstPlace + cell;
    if (place < step.fired) {
      var update = block[slot(inputsAt(LAYER_COUNT), channel, cell)][cell % 4u];
      if (NOISE) {
        update += noise[(step.noiseAt + place) * CHANNELS + channel];
      }
      let to = routes[step.routesAt + place] * CHANNELS + channel;
      state[(1u - step.half) * step.stateSize + to] = state[before + to] + update;
    }
  }
}
