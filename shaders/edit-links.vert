#version 300 es
// A slot whose neighbours the user has changed, as one point.
precision highp int;

#include "slots.glsl"

layout(location = 0) in uint slot;
// The slot and ink of the eight neighbours in reading order.
layout(location = 1) in uvec4 before;
layout(location = 2) in uvec4 after;

uniform float slotRows;

flat out uvec4 linksBefore;
flat out uvec4 linksAfter;

void main() {
  linksBefore = before;
  linksAfter = after;
  vec2 texel = vec2(texelOfSlot(slot)) + 0.5;
  gl_Position = vec4(texel / vec2(float(1 << slotShift), slotRows) * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = 1.0;
}
