#version 300 es
// Gathers the contents of the 3×3 cells around a cell, one column of texels for each, in reading order:
// row 0: ink · whether it lives · label + 1 (0 undecided) · confidence
// row 1 + q: channels 4 q … 4 q + 3
precision highp float;
precision highp int;

#include "slots.glsl"
#include "state.glsl"

uniform highp sampler2D cells;
uniform highp sampler2D labels;
uniform ivec2 canvasSize;
uniform ivec2 middle;

layout(location = 0) out vec4 record;

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  ivec2 cell = middle + ivec2(texel.x % 3, texel.x / 3) - 1;
  record = vec4(0.0);
  if (any(lessThan(cell, ivec2(0))) || any(greaterThanEqual(cell, canvasSize))) return;
  uvec4 entry = uvec4(texelFetch(cells, cell, 0) * 255.0 + 0.5);
  uint slot = entry.r | (entry.g << 8) | (entry.b << 16);
  if (texel.y == 0) {
    vec4 label = slot == 0u ? vec4(0.0) : texelFetch(labels, texelOfSlot(slot), 0);
    record = vec4(float(entry.a) * (1.0 / 255.0), slot == 0u ? 0.0 : 1.0, floor(label.r * 255.0 + 0.5), label.g);
  } else if (slot != 0u) {
    record = stateGroup(texel.y - 1, texelOfSlot(slot));
  }
}
