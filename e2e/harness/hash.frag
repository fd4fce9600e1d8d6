#version 300 es
precision highp float;
precision highp int;

#include "random.glsl"

uniform highp usampler2D inputs;

layout(location = 0) out uvec4 hashes;

void main() {
  uvec4 words = texelFetch(inputs, ivec2(gl_FragCoord.xy), 0);
  float normal = normalFromHash(uvec4(words.x)).x;
  hashes = uvec4(mix32(words.x), hash2(words.x, words.y), hash3(words.x, words.y, words.z), floatBitsToUint(normal));
}
