#version 300 es
// What each slot's cell says it is part of: red the label + 1 (0: undecided), green its confidence
// (highest logit minus the second, 0…1), blue what red is in `before`, the labels one step earlier; alpha is 0
// where the state has run away: where it is no number, or one that no sound state comes near.
precision highp float;
precision highp int;

#ifndef FIRST_LOGIT
#define FIRST_LOGIT 10
#endif
#ifndef CLASSES
#define CLASSES 10
#endif
#ifndef UNDECIDED_BELOW
#define UNDECIDED_BELOW 0.01
#endif

#include "state.glsl"

// Far beyond every state of a trained model, and within the half floats.
#define RUNAWAY_BITS 0x461c4000u // 10,000

uniform highp sampler2D before;

layout(location = 0) out vec4 label;

// In bits, so that no compiler that reasons without NaN takes it away: NaN and infinity are the largest of all.
bool hasRunAway(ivec2 texel) {
  bool found = false;
  for (int group = 0; group < GROUPS; group += 1) {
    uvec4 magnitude = floatBitsToUint(stateGroup(group, texel)) & 0x7fffffffu;
    found = found || any(greaterThan(magnitude, uvec4(RUNAWAY_BITS)));
  }
  return found;
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  int best = 0;
  float first = stateChannel(FIRST_LOGIT, texel);
  float second = -1e30;
  for (int index = 1; index < CLASSES; index += 1) {
    float logit = stateChannel(FIRST_LOGIT + index, texel);
    if (logit > first) {
      second = first;
      first = logit;
      best = index;
    } else {
      second = max(second, logit);
    }
  }
  float decided = first < float(UNDECIDED_BELOW) ? 0.0 : float(best + 1);
  label = vec4(decided * (1.0 / 255.0), clamp(first - second, 0.0, 1.0), texelFetch(before, texel, 0).r, hasRunAway(texel) ? 0.0 : 1.0);
}
