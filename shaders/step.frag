#version 300 es
// A whole step in one pass: perceive, update, fire.
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
#include "links.glsl"
#include "targets.glsl"
#include "fire.glsl"

// The network, either in loops as in the file or generated with its weights as constants.
#include "network.glsl"

#include "take-update.glsl"
