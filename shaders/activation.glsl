// What follows a layer, by the number that engine/common/model/activations.ts gives it.
vec4 activated(int activation, vec4 value) {
  if (activation == 1) return max(value, 0.0);
  if (activation == 2) return max(value, 0.01 * value);
  // Beyond 10 it is 1 in float32, and some GPUs overflow on the way there.
  if (activation == 3) return tanh(clamp(value, -10.0, 10.0));
  return value;
}
