// The source of a weight: a uniform block, or the texture of packed weights.

#ifndef WEIGHT_VECTORS
#define WEIGHT_VECTORS 1024
#endif

#ifdef WEIGHTS_IN_UNIFORMS

layout(std140) uniform WeightBlock {
  highp vec4 weights[WEIGHT_VECTORS];
};

vec4 weight(int index) {
  return weights[index];
}

#else

// The texture is 256 vectors wide. Bit operations are used, since compilers guard a signed remainder against negative
// numbers.
uniform highp sampler2D weights;

vec4 weight(int index) {
  return texelFetch(weights, ivec2(index & 255, index >> 8), 0);
}

#endif

// The contribution of a vector of four inputs to a vector of units. `stride` is the number of vectors between two
// inputs.
vec4 contribution(vec4 inputs, int kernel, int stride) {
  return inputs.x * weight(kernel)
    + inputs.y * weight(kernel + stride)
    + inputs.z * weight(kernel + 2 * stride)
    + inputs.w * weight(kernel + 3 * stride);
}
