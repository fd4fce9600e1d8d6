#version 300 es
// The second pass of a paired step: takes the updates that `updates.frag` drew for two slots beside each other.
precision highp float;
precision highp int;

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

uniform highp usampler2DArray updates;

#define READ(index) update[index] = updateOfGroup(texel, FIRST_GROUP + index);

vec4 updateOfGroup(ivec2 texel, int group) {
  uvec4 both = texelFetch(updates, ivec3(texel.x >> 1, texel.y, group), 0);
  uvec2 own = (texel.x & 1) == 0 ? both.xy : both.zw;
  return vec4(unpackHalf2x16(own.x), unpackHalf2x16(own.y));
}

void updateOf(ivec2 texel, out vec4 update[TARGETS]) {
  EACH_TARGET(READ)
}

#include "take-update.glsl"
