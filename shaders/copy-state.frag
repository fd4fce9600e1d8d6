#version 300 es
// Copies the state of slots to other textures.
precision highp float;
precision highp int;

#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif

#include "slots.glsl"
#include "state.glsl"
#include "targets.glsl"

// The width of the textures that are read. They may be narrower than those that are drawn.
uniform int sourceShift;

#define CARRY(index) writeTarget(index, stateGroup(FIRST_GROUP + index, texel));

void main() {
  int slot = int(slotOfTexel(ivec2(gl_FragCoord.xy)));
  ivec2 texel = ivec2(slot & ((1 << sourceShift) - 1), slot >> sourceShift);
  EACH_TARGET(CARRY)
}
