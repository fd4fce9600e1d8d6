#version 300 es
// One step of the automaton for every cell: look around, think, and now and then change. The sizes are those of the
// model `tiny`. Its weights are stored one directly after the other in a texture, as in its file.
precision highp float;
precision highp int;
precision highp sampler2D;

#include "random.glsl"

const int CHANNELS = 14; // Channel 0 is the ink, channels 4 to 13 are the scores of the ten digits.
const int HIDDEN = 16; // Vectors of four hidden units.
const int OUTPUTS = 13; // Every channel except the ink.
const float DROPOUT = 0.5;
const float INK_THRESHOLD = 0.1;

// The beginning of each layer's weights, in vectors of four, or in single weights for the last layer.
const int HIDDEN_KERNEL = 9 * CHANNELS;
const int HIDDEN_BIAS = HIDDEN_KERNEL + 4 * CHANNELS * HIDDEN;
const int OUTPUT_KERNEL = 4 * (HIDDEN_BIAS + HIDDEN);
const int OUTPUT_BIAS = OUTPUT_KERNEL + 4 * HIDDEN * OUTPUTS;

// Four channels each.
uniform sampler2D state0;
uniform sampler2D state1;
uniform sampler2D state2;
uniform sampler2D state3;
// 256 vectors per row.
uniform sampler2D weights;
uniform uint stepIndex;

layout(location = 0) out vec4 next0;
layout(location = 1) out vec4 next1;
layout(location = 2) out vec4 next2;
layout(location = 3) out vec4 next3;

vec4 weightVector(int index) {
  return texelFetch(weights, ivec2(index & 255, index >> 8), 0);
}

float weight(int index) {
  return weightVector(index >> 2)[index & 3];
}

// All channels of a cell; zero outside the canvas.
vec4[4] stateOf(ivec2 cell) {
  ivec2 size = textureSize(state0, 0);
  if (any(lessThan(cell, ivec2(0))) || any(greaterThanEqual(cell, size))) return vec4[4](vec4(0), vec4(0), vec4(0), vec4(0));
  return vec4[4](
    texelFetch(state0, cell, 0), texelFetch(state1, cell, 0), texelFetch(state2, cell, 0), texelFetch(state3, cell, 0)
  );
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);

  // Look around: four learned 3×3 filters over each channel.
  vec4 features[CHANNELS];
  for (int channel = 0; channel < CHANNELS; channel += 1) features[channel] = vec4(0.0);
  for (int tap = 0; tap < 9; tap += 1) {
    vec4 near[4] = stateOf(cell + ivec2(tap % 3, tap / 3) - 1);
    for (int channel = 0; channel < CHANNELS; channel += 1) {
      features[channel] += near[channel >> 2][channel & 3] * weightVector(tap * CHANNELS + channel);
    }
  }

  // Think: a hidden layer, then the change to each channel.
  float change[4 * 4];
  change[0] = 0.0;
  for (int unit = 0; unit < OUTPUTS; unit += 1) change[1 + unit] = weight(OUTPUT_BIAS + unit);
  for (int group = 0; group < HIDDEN; group += 1) {
    vec4 hidden = weightVector(HIDDEN_BIAS + group);
    for (int feature = 0; feature < 4 * CHANNELS; feature += 1) {
      hidden += features[feature >> 2][feature & 3] * weightVector(HIDDEN_KERNEL + feature * HIDDEN + group);
    }
    hidden = max(hidden, 0.0);
    for (int index = 0; index < 4; index += 1) {
      for (int unit = 0; unit < OUTPUTS; unit += 1) {
        change[1 + unit] += hidden[index] * weight(OUTPUT_KERNEL + (4 * group + index) * OUTPUTS + unit);
      }
    }
  }

  // Change: cells without ink never change; the others do in about every second step, each at random.
  vec4 state[4] = stateOf(cell);
  uint cellIndex = uint(cell.y * textureSize(state0, 0).x + cell.x);
  bool changes = state[0].x > INK_THRESHOLD && unitFromHash(hash2(stepIndex, cellIndex)) >= DROPOUT;
  float amount = changes ? 1.0 : 0.0;
  next0 = state[0] + amount * vec4(change[0], change[1], change[2], change[3]);
  next1 = state[1] + amount * vec4(change[4], change[5], change[6], change[7]);
  next2 = state[2] + amount * vec4(change[8], change[9], change[10], change[11]);
  next3 = state[3] + amount * vec4(change[12], change[13], 0.0, 0.0);
}
