// One layer of the network in loops over its packed weights: TARGETS vectors of its units, starting with FIRST_GROUP.

// The input: the units of the previous layer, or the neighbourhood, through a full convolution or a few filters for
// each channel.
#define INPUT_UNITS 0
#define INPUT_CONVOLUTION 1
#define INPUT_FILTERS 2
#ifndef LAYER_INPUT
#define LAYER_INPUT INPUT_UNITS
#endif
// The number of vectors of inputs, of all its units, and of the units from the filters of one channel.
#ifndef INPUT_GROUPS
#define INPUT_GROUPS 20
#endif
#ifndef UNIT_GROUPS
#define UNIT_GROUPS 20
#endif
#ifndef FILTER_GROUPS
#define FILTER_GROUPS 1
#endif
#ifndef LAYER_ACTIVATION
#define LAYER_ACTIVATION 1
#endif
// The beginning of its packed arrays, in vectors. Filters have no bias.
#ifndef LAYER_KERNEL
#define LAYER_KERNEL 0
#define LAYER_BIAS 1600
#endif

#include "activation.glsl"
#include "weights.glsl"
#include "band.glsl"

#if LAYER_INPUT == INPUT_CONVOLUTION
void perceiveTap(int tap, ivec2 texel, float ink, inout vec4 units[TARGETS]) {
  for (int group = 0; group < GROUPS; group += 1) {
    vec4 value = stateGroup(group, texel);
    for (int component = 0; component < 4; component += 1) {
      int channel = group * 4 + component;
      if (channel >= CHANNELS) break;
      float seen = channel == INK_CHANNEL ? ink : value[component];
      int kernel = LAYER_KERNEL + (tap * CHANNELS + channel) * UNIT_GROUPS + FIRST_GROUP;
      for (int index = 0; index < TARGETS; index += 1) units[index] += seen * weight(kernel + index);
    }
  }
}
#elif LAYER_INPUT == INPUT_FILTERS
void perceiveTap(int tap, ivec2 texel, float ink, inout vec4 units[TARGETS]) {
  for (int index = 0; index < TARGETS; index += 1) {
    int channel = (FIRST_GROUP + index) / FILTER_GROUPS;
    float seen = channel == INK_CHANNEL ? ink : stateChannel(channel, texel);
    units[index] += seen * weight(LAYER_KERNEL + tap * UNIT_GROUPS + FIRST_GROUP + index);
  }
}
#endif

void layerOf(ivec2 texel, out vec4 units[TARGETS]) {
  for (int index = 0; index < TARGETS; index += 1) {
#if LAYER_INPUT == INPUT_FILTERS
    units[index] = vec4(0.0);
#else
    units[index] = weight(LAYER_BIAS + FIRST_GROUP + index);
#endif
  }
#if LAYER_INPUT == INPUT_UNITS
  for (int group = 0; group < INPUT_GROUPS; group += 1) {
    vec4 value = inputGroup(group, texel);
    for (int index = 0; index < TARGETS; index += 1) {
      units[index] += contribution(value, LAYER_KERNEL + group * 4 * UNIT_GROUPS + FIRST_GROUP + index, UNIT_GROUPS);
    }
  }
#else
  uvec4 before = texelFetch(linksBefore, texel, 0);
  uvec4 after = texelFetch(linksAfter, texel, 0);
  for (int tap = 0; tap < 4; tap += 1) {
    perceiveTap(tap, texelOfSlot(slotOfLink(before[tap])), inkOfLink(before[tap]), units);
  }
  perceiveTap(4, texel, stateChannel(INK_CHANNEL, texel), units);
  for (int tap = 5; tap < 9; tap += 1) {
    perceiveTap(tap, texelOfSlot(slotOfLink(after[tap - 5])), inkOfLink(after[tap - 5]), units);
  }
#endif
#if LAYER_ACTIVATION
  for (int index = 0; index < TARGETS; index += 1) units[index] = activated(LAYER_ACTIVATION, units[index]);
#endif
}
