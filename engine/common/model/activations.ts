/**
 * What may follow a layer. The shaders have the same functions in `shaders/activation.glsl` and
 * `shaders/training/network.wgsl`, where an activation is its place in {@link ACTIVATIONS}.
 *
 * The slope of each of them follows from its output, which is all that back-propagation keeps, and each is zero at
 * zero, so that layers may be padded with zeros.
 */
export const ACTIVATIONS = ['none', 'relu', 'leaky-relu', 'tanh'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** The slope of `leaky-relu` below zero, which is the default of flax and PyTorch. */
export const LEAK = 0.01;

/** For people. */
export const ACTIVATION_NAMES: Readonly<Record<Activation, string>> = {
  none: 'linear',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  tanh: 'tanh',
};

/** An activation as the shaders know it. */
export function codeOf(activation: Activation): number {
  return ACTIVATIONS.indexOf(activation);
}

/** The output of an activation. */
export function activate(activation: Activation, value: number): number {
  switch (activation) {
    case 'none':
      return value;
    case 'relu':
      return Math.max(0, value);
    case 'leaky-relu':
      return value > 0 ? value : LEAK * value;
    case 'tanh':
      return Math.tanh(value);
  }
}
