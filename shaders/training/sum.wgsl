// Adds the shares of the gradient in order, so that a gradient is the same each time.

@group(1) @binding(0) var<storage, read> shares: array<f32>;
@group(1) @binding(1) var<storage, read_write> gradient: array<f32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= PARAMETERS) {
    return;
  }
  var sum = 0.0;
  for (var share = 0u; share < SHARES; share += 1u) {
    sum += shares[share * PARAMETERS + id.x];
  }
  gradient[id.x] = sum;
}
