#version 300 es
// Writes a cell's slot (24 bits, the low byte in red) and ink (alpha) as bytes,
// which every kind of sampler can read.
precision highp float;
precision highp int;

flat in uint link;

layout(location = 0) out vec4 cell;

void main() {
  cell = vec4(uvec4(link, link >> 8, link >> 16, link >> 24) & 255u) * (1.0 / 255.0);
}
