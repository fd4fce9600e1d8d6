#version 300 es
// The last pass of a step in layers: the units of the last hidden layer become the update.
precision highp float;
precision highp int;

// The state textures that this pass draws.
#ifndef FIRST_GROUP
#define FIRST_GROUP 0
#endif
#ifndef INK_CHANNEL
#define INK_CHANNEL 0
#endif

#include "slots.glsl"
#include "random.glsl"
#include "state.glsl"
#include "targets.glsl"
#include "fire.glsl"

// The layer, either in loops or generated with its weights as constants.
#include "layer.glsl"

void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
  layerOf(texel, update);
}

#include "take-update.glsl"
