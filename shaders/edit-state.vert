#version 300 es
// A slot whose cell, state or ink the user has changed, as one point.
precision highp int;

#include "slots.glsl"

// the slot · the slot that its state comes from, 0 for none · its ink byte
layout(location = 0) in uvec3 edit;

uniform float slotRows;

flat out uvec2 source;

void main() {
  source = edit.yz;
  vec2 texel = vec2(texelOfSlot(edit.x)) + 0.5;
  gl_Position = vec4(texel / vec2(float(1 << slotShift), slotRows) * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = 1.0;
}
