#version 300 es
// Covers the whole target with one triangle.

void main() {
  gl_Position = vec4(vec2(ivec2(gl_VertexID & 1, gl_VertexID >> 1) * 4 - 1), 0.0, 1.0);
}
