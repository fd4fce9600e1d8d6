// The definitions that all passes of training share: the network's layers and the present step.
//
// This file is followed by constants of the model (CHANNELS, the number of channels of a cell; LAYER_COUNT and LAYERS)
// and the constants listed in each pass.

// The number of threads of a workgroup.
const THREADS = 256u;
// The number of cells that a workgroup processes at a time.
const CELLS = 8u;
const TAPS = 9u;

// output = activation(input · kernel + bias); kernel is row-major [inputs, units].
struct Layer {
  inputs: u32,
  units: u32,
  // Its number in engine/common/model/activations.ts.
  activation: u32,
  kernelAt: u32,
  biasAt: u32,
  // The kernel again, transposed: [units, inputs].
  transposedAt: u32,
  // The number of inputs and units of all previous layers: where this layer's rows begin in a trace, times its rows.
  inputsBefore: u32,
  unitsBefore: u32,
}

// One step of the automaton on the rows of a batch. Each firing cell has a place, counted from 0.
struct Step {
  // The number of live rows, and how many of them fire.
  live: u32,
  fired: u32,
  // The beginning of the step's routes: rows in the order of their places, with those that do not fire last; then the
  // place of every live row.
  routesAt: u32,
  // The same for the following step. None of its cells fire if this is the last step.
  laterFired: u32,
  laterRoutesAt: u32,
  // The first row of this step in a trace, and the number of rows of a whole trace.
  traceAt: u32,
  traceRows: u32,
  noiseAt: u32,
  // 0 or 1: which half of the state, or of its gradient, is read. The other one is written.
  half: u32,
  // The size of a half of the state, and of one of `parts`.
  stateSize: u32,
  partsSize: u32,
  // Whether this is the first step, before which nothing depends on the weights.
  first: u32,
}

@group(0) @binding(0) var<uniform> step: Step;

fn activated(activation: u32, value: f32) -> f32 {
  switch activation {
    case 1u: { return max(value, 0.0); }
    case 2u: { return max(value, 0.01 * value); }
    // Beyond 10 it is 1 in float32, and some GPUs overflow on the way there.
    case 3u: { return tanh(clamp(value, -10.0, 10.0)); }
    default: { return value; }
  }
}

// The slope of an activation where its output is this.
fn slopeAt(activation: u32, output: f32) -> f32 {
  switch activation {
    case 1u: { return select(0.0, 1.0, output > 0.0); }
    case 2u: { return select(0.01, 1.0, output > 0.0); }
    case 3u: { return 1.0 - output * output; }
    default: { return 1.0; }
  }
}
