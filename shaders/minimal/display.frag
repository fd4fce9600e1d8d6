#version 300 es
// Shows every cell in the colour of its most likely digit, or black if it is undecided.
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D state0;
uniform sampler2D state1;
uniform sampler2D state2;
uniform sampler2D state3;
uniform vec3 colors[10];

out vec4 color;

void main() {
  ivec2 size = textureSize(state0, 0);
  // The rows of the canvas count from the top, those of the screen from the bottom.
  ivec2 cell = ivec2(gl_FragCoord.x, size.y - 1 - int(gl_FragCoord.y));
  vec4 logits[3] = vec4[3](texelFetch(state1, cell, 0), texelFetch(state2, cell, 0), texelFetch(state3, cell, 0));
  float best = 0.01;
  vec3 shown = vec3(0.0);
  for (int digit = 0; digit < 10; digit += 1) {
    float logit = logits[digit >> 2][digit & 3];
    if (logit < best) continue;
    best = logit;
    shown = colors[digit];
  }
  float ink = texelFetch(state0, cell, 0).r;
  color = vec4(mix(vec3(1.0), shown, ink), 1.0);
}
