// The update of a cell, in loops over the packed weights. The features stay in registers. The units of the last hidden
// layer are computed four at a time and immediately added to the outputs.

// Full convolution, or a few filters for each channel.
#ifndef FULL_CONVOLUTION
#define FULL_CONVOLUTION 1
#endif
// The number of vectors of features from one channel (depthwise) or all channels (full convolution).
#ifndef FILTER_GROUPS
#define FILTER_GROUPS 20
#endif
#ifndef PERCEIVE_ACTIVATION
#define PERCEIVE_ACTIVATION 1
#endif
// The beginning of the packed arrays, in vectors.
#ifndef PERCEIVE_KERNEL
#define PERCEIVE_KERNEL 0
#define PERCEIVE_BIAS 3600
#endif
// The hidden layers before the last one, with their vectors of inputs and units, and the maximum of either.
#ifndef EARLY_LAYERS
#define EARLY_LAYERS 0
#endif
#ifndef WIDEST_GROUPS
#define WIDEST_GROUPS 20
#endif
// The last hidden layer. If there is none, the outputs are computed from the features.
#ifndef HIDDEN_GROUPS
#define HIDDEN_GROUPS 20
#define HIDDEN_INPUTS 20
#define HIDDEN_ACTIVATION 1
#define HIDDEN_KERNEL 3620
#define HIDDEN_BIAS 5220
#endif
#ifndef OUTPUT_KERNEL
#define OUTPUT_KERNEL 5240
#define OUTPUT_BIAS 5640
#endif

#include "activation.glsl"
#include "weights.glsl"

#if FULL_CONVOLUTION
#define FEATURE_GROUPS FILTER_GROUPS
#else
#define FEATURE_GROUPS (CHANNELS * FILTER_GROUPS)
#endif

// The features, then the units of each early hidden layer.
vec4 values[WIDEST_GROUPS];

void perceiveChannel(int tap, int channel, float value) {
#if FULL_CONVOLUTION
  int first = 0;
#else
  int first = channel * FILTER_GROUPS;
#endif
  int kernel = PERCEIVE_KERNEL + (tap * CHANNELS + channel) * FILTER_GROUPS;
  for (int group = 0; group < FILTER_GROUPS; group += 1) {
    values[first + group] += value * weight(kernel + group);
  }
}

void perceiveTap(int tap, ivec2 texel, float ink) {
  for (int group = 0; group < GROUPS; group += 1) {
    vec4 value = stateGroup(group, texel);
    for (int index = 0; index < 4; index += 1) {
      int channel = group * 4 + index;
      if (channel >= CHANNELS) break;
      perceiveChannel(tap, channel, channel == INK_CHANNEL ? ink : value[index]);
    }
  }
}

void perceive(ivec2 texel) {
  for (int group = 0; group < FEATURE_GROUPS; group += 1) {
#if FULL_CONVOLUTION
    values[group] = weight(PERCEIVE_BIAS + group);
#else
    values[group] = vec4(0.0);
#endif
  }
  uvec4 before = texelFetch(linksBefore, texel, 0);
  uvec4 after = texelFetch(linksAfter, texel, 0);
  for (int tap = 0; tap < 4; tap += 1) {
    perceiveTap(tap, texelOfSlot(slotOfLink(before[tap])), inkOfLink(before[tap]));
  }
  perceiveTap(4, texel, stateChannel(INK_CHANNEL, texel));
  for (int tap = 5; tap < 9; tap += 1) {
    perceiveTap(tap, texelOfSlot(slotOfLink(after[tap - 5])), inkOfLink(after[tap - 5]));
  }
#if PERCEIVE_ACTIVATION
  for (int group = 0; group < FEATURE_GROUPS; group += 1) values[group] = activated(PERCEIVE_ACTIVATION, values[group]);
#endif
}

#if EARLY_LAYERS > 0
void runEarlyLayers() {
  const int inputs[EARLY_LAYERS] = int[](EARLY_INPUTS);
  const int units[EARLY_LAYERS] = int[](EARLY_UNITS);
  const int kernels[EARLY_LAYERS] = int[](EARLY_KERNELS);
  const int biases[EARLY_LAYERS] = int[](EARLY_BIASES);
  const int activations[EARLY_LAYERS] = int[](EARLY_ACTIVATIONS);
  vec4 made[WIDEST_GROUPS];
  for (int layer = 0; layer < EARLY_LAYERS; layer += 1) {
    for (int unit = 0; unit < units[layer]; unit += 1) {
      vec4 sum = weight(biases[layer] + unit);
      for (int group = 0; group < inputs[layer]; group += 1) {
        sum += contribution(values[group], kernels[layer] + group * 4 * units[layer] + unit, units[layer]);
      }
      made[unit] = activated(activations[layer], sum);
    }
    for (int unit = 0; unit < units[layer]; unit += 1) values[unit] = made[unit];
  }
}
#endif

void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
  perceive(texel);
  for (int index = 0; index < TARGETS; index += 1) update[index] = weight(OUTPUT_BIAS + FIRST_GROUP + index);
#if HIDDEN_GROUPS == 0
  for (int group = 0; group < FEATURE_GROUPS; group += 1) {
    for (int index = 0; index < TARGETS; index += 1) {
      update[index] += contribution(values[group], OUTPUT_KERNEL + group * 4 * GROUPS + FIRST_GROUP + index, GROUPS);
    }
  }
#else
#if EARLY_LAYERS > 0
  runEarlyLayers();
#endif
  for (int unit = 0; unit < HIDDEN_GROUPS; unit += 1) {
    vec4 hidden = weight(HIDDEN_BIAS + unit);
    for (int group = 0; group < HIDDEN_INPUTS; group += 1) {
      hidden += contribution(values[group], HIDDEN_KERNEL + group * 4 * HIDDEN_GROUPS + unit, HIDDEN_GROUPS);
    }
#if HIDDEN_ACTIVATION
    hidden = activated(HIDDEN_ACTIVATION, hidden);
#endif
    for (int index = 0; index < TARGETS; index += 1) {
      update[index] += contribution(hidden, OUTPUT_KERNEL + unit * 4 * GROUPS + FIRST_GROUP + index, GROUPS);
    }
  }
#endif
}
