#version 300 es
// A network in miniature, to find out how fast this GPU is: layer after layer of four units, whose weights are read in
// a loop from a texture, as in the steps of programs that compile immediately.
precision highp float;
precision highp int;

#include "weights.glsl"

// The multiply-adds per pixel: 16 per layer.
#define LAYERS 64

layout(location = 0) out vec4 result;

void main() {
  vec4 values = gl_FragCoord.xyxy * 0.01;
  for (int layer = 0; layer < LAYERS; layer += 1) values = max(contribution(values, layer * 4, 1), 0.5);
  result = values;
}
