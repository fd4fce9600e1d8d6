#version 300 es
// Copies the state of slots to textures with other channels.
precision highp float;
precision highp int;

#include "slots.glsl"
#include "state.glsl"
#include "targets.glsl"

// For each channel of the targets, the channel that it comes from, or -1 if it is new.
#ifndef SOURCE_LIST
#define SOURCE_LIST 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -1
#endif
const int SOURCES[4 * TARGETS] = int[](SOURCE_LIST);

// The width of the textures that are read.
uniform int sourceShift;

float mapped(int channel, ivec2 texel) {
  int source = SOURCES[channel];
  return source < 0 ? 0.0 : stateChannel(source, texel);
}

vec4 mappedGroup(int first, ivec2 texel) {
  return vec4(mapped(first, texel), mapped(first + 1, texel), mapped(first + 2, texel), mapped(first + 3, texel));
}

#define MAP(index) writeTarget(index, mappedGroup(4 * index, texel));

void main() {
  int slot = int(slotOfTexel(ivec2(gl_FragCoord.xy)));
  ivec2 texel = ivec2(slot & ((1 << sourceShift) - 1), slot >> sourceShift);
  EACH_TARGET(MAP)
}
