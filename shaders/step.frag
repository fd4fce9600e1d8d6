#version 300 es
// A whole step in one pass: perceive, update, fire. The features stay in registers; hidden units are
// made four at a time and added to the outputs at once. For networks with one hidden layer.
precision highp float;
precision highp int;

// The state textures that this pass draws.
#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif
#ifndef INK_CHANNEL
#define INK_CHANNEL 0
#endif
// Full convolution, or a few filters for each channel.
#ifndef FULL_CONVOLUTION
#define FULL_CONVOLUTION 1
#endif
// Texels of features for one channel (depthwise) or in all (full convolution).
#ifndef FILTER_GROUPS
#define FILTER_GROUPS 20
#endif
#ifndef PERCEIVE_RELU
#define PERCEIVE_RELU 1
#endif
#ifndef HIDDEN_GROUPS
#define HIDDEN_GROUPS 20
#endif
#ifndef HIDDEN_RELU
#define HIDDEN_RELU 1
#endif
// Where each array of the packed weights begins.
#ifndef PERCEIVE_KERNEL
#define PERCEIVE_KERNEL 0
#define PERCEIVE_BIAS 3600
#define HIDDEN_KERNEL 3620
#define HIDDEN_BIAS 5220
#define OUTPUT_KERNEL 5240
#define OUTPUT_BIAS 5640
#endif

#include "slots.glsl"
#include "random.glsl"
#include "state.glsl"
#include "targets.glsl"
#include "fire.glsl"
#include "weights.glsl"

#if FULL_CONVOLUTION
#define FEATURE_GROUPS FILTER_GROUPS
#else
#define FEATURE_GROUPS (CHANNELS * FILTER_GROUPS)
#endif

uniform highp usampler2D linksBefore;
uniform highp usampler2D linksAfter;

vec4 features[FEATURE_GROUPS];

void perceiveChannel(int tap, int channel, float value) {
#if FULL_CONVOLUTION
  int first = 0;
#else
  int first = channel * FILTER_GROUPS;
#endif
  int kernel = PERCEIVE_KERNEL + (tap * CHANNELS + channel) * FILTER_GROUPS;
  for (int group = 0; group < FILTER_GROUPS; group += 1) {
    features[first + group] += value * weight(kernel + group);
  }
}

void perceiveTap(int tap, uint link) {
  ivec2 texel = texelOfSlot(slotOfLink(link));
  for (int group = 0; group < GROUPS; group += 1) {
    vec4 value = stateGroup(group, texel);
    for (int index = 0; index < 4; index += 1) {
      int channel = group * 4 + index;
      if (channel >= CHANNELS) break;
      perceiveChannel(tap, channel, channel == INK_CHANNEL ? inkOfLink(link) : value[index]);
    }
  }
}

void perceive(ivec2 texel, uint own) {
  for (int group = 0; group < FEATURE_GROUPS; group += 1) {
#if FULL_CONVOLUTION
    features[group] = weight(PERCEIVE_BIAS + group);
#else
    features[group] = vec4(0.0);
#endif
  }
  uvec4 before = texelFetch(linksBefore, texel, 0);
  uvec4 after = texelFetch(linksAfter, texel, 0);
  for (int tap = 0; tap < 4; tap += 1) perceiveTap(tap, before[tap]);
  perceiveTap(4, own);
  for (int tap = 5; tap < 9; tap += 1) perceiveTap(tap, after[tap - 5]);
#if PERCEIVE_RELU
  for (int group = 0; group < FEATURE_GROUPS; group += 1) features[group] = max(features[group], 0.0);
#endif
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  uint slot = slotOfTexel(texel);
  if (!slotFires(slot)) {
    for (int index = 0; index < TARGETS; index += 1) {
      writeTarget(index, stateGroup(FIRST_GROUP + index, texel));
    }
    return;
  }
  uint ink = uint(stateChannel(INK_CHANNEL, texel) * 255.0 + 0.5);
  perceive(texel, slot | (ink << 24));

  vec4 update[TARGETS];
  for (int index = 0; index < TARGETS; index += 1) update[index] = weight(OUTPUT_BIAS + FIRST_GROUP + index);
  for (int group = 0; group < HIDDEN_GROUPS; group += 1) {
    vec4 hidden = weight(HIDDEN_BIAS + group);
    for (int feature = 0; feature < FEATURE_GROUPS; feature += 1) {
      vec4 value = features[feature];
      int kernel = HIDDEN_KERNEL + feature * 4 * HIDDEN_GROUPS + group;
      hidden += value.x * weight(kernel)
        + value.y * weight(kernel + HIDDEN_GROUPS)
        + value.z * weight(kernel + 2 * HIDDEN_GROUPS)
        + value.w * weight(kernel + 3 * HIDDEN_GROUPS);
    }
#if HIDDEN_RELU
    hidden = max(hidden, 0.0);
#endif
    for (int index = 0; index < TARGETS; index += 1) {
      int kernel = OUTPUT_KERNEL + group * 4 * GROUPS + FIRST_GROUP + index;
      update[index] += hidden.x * weight(kernel)
        + hidden.y * weight(kernel + GROUPS)
        + hidden.z * weight(kernel + 2 * GROUPS)
        + hidden.w * weight(kernel + 3 * GROUPS);
    }
  }

  for (int index = 0; index < TARGETS; index += 1) {
    int group = FIRST_GROUP + index;
    vec4 value = stateGroup(group, texel);
    vec4 next = value + updateScale * (update[index] + noiseOfGroup(slot, group));
    if (group == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3];
    writeTarget(index, next);
  }
}
