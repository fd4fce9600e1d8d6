#version 300 es
// Covers a rectangle of cells with a strip of four vertices, on a target of the canvas' size.
precision highp int;

// Left, top, right and bottom, in cells.
layout(location = 0) in uvec4 edges;

// In cells.
uniform vec2 canvasSize;

void main() {
  uvec2 corner = uvec2((gl_VertexID & 1) == 0 ? edges.x : edges.z, (gl_VertexID & 2) == 0 ? edges.y : edges.w);
  gl_Position = vec4(vec2(corner) / canvasSize * 2.0 - 1.0, 0.0, 1.0);
}
