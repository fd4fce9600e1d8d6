#version 300 es
// What this GPU can do at most: multiply-adds in registers, nothing fetched. Two chains of vectors,
// since more of them spill on a software GPU, and fewer wait for each other.
precision highp float;

// Repetitions of eight multiply-adds of vectors.
#ifndef REPETITIONS
#define REPETITIONS 25
#endif

uniform vec4 factor;
uniform vec4 addend;

layout(location = 0) out vec4 result;

void main() {
  vec4 a = gl_FragCoord.xyxy;
  vec4 b = gl_FragCoord.yxyx;
  for (int index = 0; index < REPETITIONS; index += 1) {
    a = a * factor + addend;
    b = b * factor + addend;
    a = a * factor + addend;
    b = b * factor + addend;
    a = a * factor + addend;
    b = b * factor + addend;
    a = a * factor + addend;
    b = b * factor + addend;
  }
  result = a + b;
}
