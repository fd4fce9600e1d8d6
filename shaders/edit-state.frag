#version 300 es
// Moves a slot's state to the place given by the slot table, and updates its ink.
precision highp float;
precision highp int;

#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif
#ifndef INK_CHANNEL
#define INK_CHANNEL 0
#endif

#include "slots.glsl"
#include "state.glsl"
#include "targets.glsl"

// The width of the textures that are read, as a power of two. They may differ from those of the slots.
uniform highp int sourceShift;

flat in uvec2 source;

void move(int index, ivec2 texel) {
  int group = FIRST_GROUP + index;
  vec4 value = source.x == 0u ? vec4(0.0) : stateGroup(group, texel);
  if (group == INK_CHANNEL / 4) value[INK_CHANNEL & 3] = float(source.y) * (1.0 / 255.0);
  writeTarget(index, value);
}

#define MOVE(index) move(index, texel);

void main() {
  int origin = int(source.x);
  ivec2 texel = ivec2(origin & ((1 << sourceShift) - 1), origin >> sourceShift);
  EACH_TARGET(MOVE)
}
