#version 300 es
// Computes some of a layer's units for a band of slots, for a later pass of the same step.
precision highp float;
precision highp int;

// The number of vectors of units that other passes draw before those of this one.
#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif
#ifndef INK_CHANNEL
#define INK_CHANNEL 0
#endif

#include "slots.glsl"
#include "state.glsl"
#include "links.glsl"
#include "targets.glsl"

// The layer, either in loops or generated with its weights as constants.
#include "layer.glsl"

#define WRITE(index) writeTarget(index, units[index]);

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy) + ivec2(0, bandStart);
  vec4 units[TARGETS];
  layerOf(texel, units);
  EACH_TARGET(WRITE)
}
