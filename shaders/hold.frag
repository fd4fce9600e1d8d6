#version 300 es
// Carries the state of slots that do not fire over to the next textures.
precision highp float;
precision highp int;

#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif

#include "state.glsl"
#include "targets.glsl"

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  for (int index = 0; index < TARGETS; index += 1) {
    writeTarget(index, stateGroup(FIRST_GROUP + index, texel));
  }
}
