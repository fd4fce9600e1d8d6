#version 300 es
// The peak performance of this GPU: multiply-adds in registers, without any fetches. There are two chains of vectors,
// since more would spill on a software GPU, and fewer would wait for each other. There are neither loops nor uniforms,
// since their overhead would count.
precision highp float;

#define TWO a = a * factor + addend; b = b * factor + addend;
#define TEN TWO TWO TWO TWO TWO
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

layout(location = 0) out vec4 result;

// 200 multiply-adds of vectors.
void main() {
  vec4 addend = gl_FragCoord * 0.001;
  float factor = addend.x;
  vec4 a = addend;
  vec4 b = addend + 0.5;
  HUNDRED
  HUNDRED
  result = a + b;
}
