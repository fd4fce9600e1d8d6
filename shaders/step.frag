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
#include "targets.glsl"
#include "fire.glsl"

// Slot and ink of the first and of the last four neighbours.
uniform highp usampler2D linksBefore;
uniform highp usampler2D linksAfter;

// The network: in loops as in the file, or generated with its weights as constants.
#include "network.glsl"

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  uint slot = slotOfTexel(texel);
  if (!slotFires(slot)) {
    for (int index = 0; index < TARGETS; index += 1) {
      writeTarget(index, stateGroup(FIRST_GROUP + index, texel));
    }
    return;
  }
  vec4 update[TARGETS];
  updateOf(texel, update);
  for (int index = 0; index < TARGETS; index += 1) {
    int group = FIRST_GROUP + index;
    vec4 value = stateGroup(group, texel);
    vec4 next = value + updateScale * (update[index] + noiseOfGroup(slot, group));
    if (group == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3];
    writeTarget(index, next);
  }
}
