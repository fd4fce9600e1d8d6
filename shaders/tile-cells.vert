#version 300 es
// Covers the cells of a tile with a strip of four vertices, on a target of the canvas' size.
precision highp int;

layout(location = 0) in uint tile;

// The size of the canvas.
uniform int tileColumns;
uniform int tileRows;

void main() {
  ivec2 corner = ivec2(int(tile) % tileColumns, int(tile) / tileColumns) + ivec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(vec2(corner) / vec2(tileColumns, tileRows) * 2.0 - 1.0, 0.0, 1.0);
}
