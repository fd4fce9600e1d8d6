#version 300 es
// The label of each slot's cell: red is the label + 1 (0 if undecided), green is its confidence (the highest logit
// minus the second highest, 0…1), blue is the red of `before`, the labels of the previous step. Alpha is 0 if the state
// has run away: if it is NaN, or far beyond any sound state.
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

// Far beyond every state of a trained model, but within the range of half floats.
#define RUNAWAY_BITS 0x461c4000u // 10,000

uniform highp sampler2D before;

layout(location = 0) out vec4 label;

int best = 0;
float first = -1e30;
float second = -1e30;
bool hasRunAway = false;

void weigh(int channel, float value) {
  int index = channel - FIRST_LOGIT;
  if (index < 0 || index >= CLASSES) return;
  bool isBest = value > first;
  second = isBest ? first : max(second, value);
  best = isBest ? index : best;
  first = isBest ? value : first;
}

// The magnitudes are compared as bits, so that no compiler that assumes there is no NaN removes this. NaN and infinity
// are the largest of all.
void lookAt(int group, vec4 value) {
  uvec4 magnitude = floatBitsToUint(value) & 0x7fffffffu;
  hasRunAway = hasRunAway || any(greaterThan(magnitude, uvec4(RUNAWAY_BITS)));
  weigh(group * 4, value.x);
  weigh(group * 4 + 1, value.y);
  weigh(group * 4 + 2, value.z);
  weigh(group * 4 + 3, value.w);
}

#define LOOK_AT(group) lookAt(group, stateGroup(group, texel));

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  EACH_GROUP(LOOK_AT)
  float decided = first < float(UNDECIDED_BELOW) ? 0.0 : float(best + 1);
  label = vec4(decided * (1.0 / 255.0), clamp(first - second, 0.0, 1.0), texelFetch(before, texel, 0).r, hasRunAway ? 0.0 : 1.0);
}
