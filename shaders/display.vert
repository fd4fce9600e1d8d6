#version 300 es
// Places the canvas' rectangle on the screen. Positions are in cells, which the scene's transforms turn into pixels.

in vec2 aPosition;

uniform mat3 uProjectionMatrix;
uniform mat3 uWorldTransformMatrix;
uniform mat3 uTransformMatrix;

out vec2 vCell;

void main() {
  vCell = aPosition;
  vec3 position = uProjectionMatrix * uWorldTransformMatrix * uTransformMatrix * vec3(aPosition, 1.0);
  gl_Position = vec4(position.xy, 0.0, 1.0);
}
