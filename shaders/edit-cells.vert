#version 300 es
// A cell of the canvas whose slot or ink has changed, as one point.
precision highp int;

// the index of the cell, row by row · its slot and ink
layout(location = 0) in uvec2 edit;

uniform ivec2 canvasSize;

flat out uint link;

void main() {
  link = edit.y;
  int cell = int(edit.x);
  vec2 texel = vec2(cell % canvasSize.x, cell / canvasSize.x) + 0.5;
  gl_Position = vec4(texel / vec2(canvasSize) * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = 1.0;
}
