// The loss of the last state and its gradient: the squared distance from a one-hot vector of the label if a cell has
// ink, from zeros if it has none, and from `undecided` if the ink belongs to no class, plus the cross-entropy of the
// cells with ink. There is one thread per row.
//
// FIRST_LOGIT and LOGITS: the channels that vote.

// The weights of the two parts, divided by the number of digits in the batch.
struct Weights {
  squares: f32,
  entropy: f32,
  // The target for the logits of ink that belongs to no class.
  undecided: f32,
}

@group(1) @binding(0) var<uniform> parts: Weights;
// The label of every live row, -1 without ink, -2 for ink that belongs to no class.
@group(1) @binding(1) var<storage, read> labels: array<i32>;
@group(1) @binding(2) var<storage, read> state: array<f32>;
// Two halves [live, CHANNELS]; the first one is written.
@group(1) @binding(3) var<storage, read_write> slope: array<f32>;
// The squares and the entropy of each workgroup's rows, not yet weighted.
@group(1) @binding(4) var<storage, read_write> losses: array<vec2f>;

var<workgroup> sums: array<vec2f, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let row = group.x * THREADS + thread;
  var found = vec2f(0.0);
  if (row < step.live) {
    let label = labels[row];
    let before = step.half * step.stateSize + row * CHANNELS + FIRST_LOGIT;
    let to = row * CHANNELS;
    for (var channel = 0u; channel < CHANNELS; channel += 1u) {
      slope[to + channel] = 0.0;
    }
    var largest = state[before];
    for (var logit = 1u; logit < LOGITS; logit += 1u) {
      largest = max(largest, state[before + logit]);
    }
    var total = 0.0;
    for (var logit = 0u; logit < LOGITS; logit += 1u) {
      total += exp(state[before + logit] - largest);
    }
    for (var logit = 0u; logit < LOGITS; logit += 1u) {
      let wanted = select(select(0.0, parts.undecided, label == -2), 1.0, i32(logit) == label);
      let error = state[before + logit] - wanted;
      found.x += 0.5 * error * error;
      var steepness = parts.squares * error;
      if (label >= 0) {
        steepness += parts.entropy * (exp(state[before + logit] - largest) / total - wanted);
      }
      slope[to + FIRST_LOGIT + logit] = steepness;
    }
    if (label >= 0) {
      found.y = log(total) + largest - state[before + u32(label)];
    }
  }
  sums[thread] = found;
  workgroupBarrier();
  // Halves are added in a fixed order, so that a loss is the same each time.
  for (var reach = THREADS / 2u; reach > 0u; reach /= 2u) {
    if (thread < reach) {
      sums[thread] += sums[thread + reach];
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    losses[group.x] = sums[0];
  }
}
