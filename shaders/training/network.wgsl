// What all passes of training share: the network's layers and the step at hand.
//
// Behind this file stand constants of the model: CHANNELS, a cell's numbers, LAYER_COUNT and LAYERS,
// and what the passes name.

// Threads of a workgroup.
const THREADS = 256u;
// Cells that a workgroup takes at once.
const CELLS = 8u;
const TAPS = 9u;

// output = activation(input · kernel + bias); kernel is row-major [inputs, units].
struct Layer {
  inputs: u32,
  units: u32,
  relu: u32,
  kernelAt: u32,
  biasAt: u32,
  // The kernel once more, [units, inputs].
  transposedAt: u32,
  // Inputs and units of all layers before: where this one's rows begin in a trace, times its rows.
  inputsBefore: u32,
  unitsBefore: u32,
}

// One step of the automaton on the rows of a batch. Firing cells have a place each, from 0.
struct Step {
  // Rows that are live, and how many of them fire.
  live: u32,
  fired: u32,
  // Where the step's routes begin: rows in the order of their places, those that do not fire last;
  // then the place of every live row.
  routesAt: u32,
  // The same of the step after this one, none of whose cells fire if this is the last.
  laterFired: u32,
  laterRoutesAt: u32,
  // The first row of this step in a trace, and the rows of a whole trace.
  traceAt: u32,
  traceRows: u32,
  noiseAt: u32,
  // 0 or 1: which half of the state, or of its slope, is read; the other one is written.
  half: u32,
  // Numbers in a half of the state, and in one of `parts`.
  stateSize: u32,
  partsSize: u32,
  // Whether this is the first step, before which nothing depends on the weights.
  first: u32,
}

@group(0) @binding(0) var<uniform> step: Step;
