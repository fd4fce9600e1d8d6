#version 300 es
// The updates of two slots beside each other. Each weight that is read serves both, because a software GPU takes many
// times as long to read a weight as to multiply by it. A target holds four channels of both slots, as half floats. This
// is for depthwise filters and one hidden layer.
precision highp float;
precision highp int;

#ifndef CHANNELS
#define CHANNELS 12
#endif
#ifndef INK_CHANNEL
#define INK_CHANNEL 0
#endif
#define TARGETS ((CHANNELS + 3) / 4)
#define TARGET_TYPE uvec4
// The features of a channel are one vector. Channels are taken two at a time.
#ifndef EACH_PAIR
#define EACH_PAIR(DO) REPEAT_6(DO)
#endif
#define PAIRS ((CHANNELS + 1) / 2)
#ifndef PERCEIVE_ACTIVATION
#define PERCEIVE_ACTIVATION 0
#endif
// The vectors of hidden units.
#ifndef HIDDEN_GROUPS
#define HIDDEN_GROUPS 16
#define HIDDEN_ACTIVATION 1
#endif

#include "slots.glsl"
#include "state.glsl"
#include "links.glsl"
#include "targets.glsl"
#include "activation.glsl"
#include "weights.glsl"

// Where the weights are, in vectors: the scales of the three kernels, the biases of the update, the filters of each tap,
// and for every four hidden units their biases, the weights of their inputs and those of their outputs.
#define SCALES 0
#define UPDATE_BIASES 1
#define FILTERS (UPDATE_BIASES + TARGETS)
#define HIDDEN (FILTERS + 9 * PAIRS)
#define HIDDEN_ROW (1 + 4 * PAIRS + 2 * TARGETS)

// A number of the texture holds two weights of 12 bits: a multiple of 4096, and what is nearer to zero than 2048.
void readWeights(int index, out vec4 first, out vec4 second) {
  second = weight(index);
  first = floor(second * (1.0 / 4096.0) + 0.5);
  second -= first * 4096.0;
}

uvec2 halves(vec4 value) {
  return uvec2(packHalf2x16(value.xy), packHalf2x16(value.zw));
}

#define FETCH(group) \
  nearA[group] = stateGroup(group, texelA); \
  nearB[group] = stateGroup(group, texelB);

#define PERCEIVE(pair) \
  readWeights(kernel + pair, first, second); \
  featuresA[2 * pair] += nearA[pair / 2][2 * (pair & 1)] * first; \
  featuresB[2 * pair] += nearB[pair / 2][2 * (pair & 1)] * first; \
  featuresA[2 * pair + 1] += nearA[pair / 2][2 * (pair & 1) + 1] * second; \
  featuresB[2 * pair + 1] += nearB[pair / 2][2 * (pair & 1) + 1] * second;

#define FINISH(pair) \
  featuresA[2 * pair] = activated(PERCEIVE_ACTIVATION, featuresA[2 * pair] * scales.x); \
  featuresB[2 * pair] = activated(PERCEIVE_ACTIVATION, featuresB[2 * pair] * scales.x); \
  featuresA[2 * pair + 1] = activated(PERCEIVE_ACTIVATION, featuresA[2 * pair + 1] * scales.x); \
  featuresB[2 * pair + 1] = activated(PERCEIVE_ACTIVATION, featuresB[2 * pair + 1] * scales.x);

// Adds the products of a vector of inputs with eight weights of each of four units.
#define ADD(sumA, sumB, inputsA, inputsB, index) \
  readWeights(index, first, second); \
  sumA += inputsA.x * first; \
  sumB += inputsB.x * first; \
  sumA += inputsA.y * second; \
  sumB += inputsB.y * second; \
  readWeights((index) + 1, first, second); \
  sumA += inputsA.z * first; \
  sumB += inputsB.z * first; \
  sumA += inputsA.w * second; \
  sumB += inputsB.w * second;

#define ADD_FEATURES(pair) \
  ADD(hiddenA, hiddenB, featuresA[2 * pair], featuresB[2 * pair], kernel + 4 * pair) \
  ADD(hiddenA, hiddenB, featuresA[2 * pair + 1], featuresB[2 * pair + 1], kernel + 4 * pair + 2)

#define ADD_HIDDEN(group) ADD(updatesA[group], updatesB[group], hiddenA, hiddenB, kernel + 2 * group)

#define BEGIN(group) updatesA[group] = vec4(0.0); updatesB[group] = vec4(0.0);

#define WRITE(group) \
  first = weight(UPDATE_BIASES + group); \
  writeTarget(group, uvec4(halves(updatesA[group] * scales.z + first), halves(updatesB[group] * scales.z + first)));

void main() {
  ivec2 ownA = ivec2(gl_FragCoord.xy) * ivec2(2, 1);
  ivec2 ownB = ownA + ivec2(1, 0);
  vec4 scales = weight(SCALES);
  vec4 first;
  vec4 second;
  vec4 nearA[GROUPS];
  vec4 nearB[GROUPS];
  vec4 featuresA[2 * PAIRS];
  vec4 featuresB[2 * PAIRS];
  vec4 updatesA[TARGETS];
  vec4 updatesB[TARGETS];

  uvec4 beforeA = texelFetch(linksBefore, ownA, 0);
  uvec4 beforeB = texelFetch(linksBefore, ownB, 0);
  uvec4 afterA = texelFetch(linksAfter, ownA, 0);
  uvec4 afterB = texelFetch(linksAfter, ownB, 0);
  for (int tap = 0; tap < 9; tap += 1) {
    uint linkA = tap < 4 ? beforeA[tap & 3] : afterA[(tap - 5) & 3];
    uint linkB = tap < 4 ? beforeB[tap & 3] : afterB[(tap - 5) & 3];
    ivec2 texelA = tap == 4 ? ownA : texelOfSlot(slotOfLink(linkA));
    ivec2 texelB = tap == 4 ? ownB : texelOfSlot(slotOfLink(linkB));
    EACH_GROUP(FETCH)
    if (tap != 4) {
      nearA[INK_CHANNEL / 4][INK_CHANNEL & 3] = inkOfLink(linkA);
      nearB[INK_CHANNEL / 4][INK_CHANNEL & 3] = inkOfLink(linkB);
    }
    int kernel = FILTERS + tap * PAIRS;
    EACH_PAIR(PERCEIVE)
  }
  EACH_PAIR(FINISH)

  for (int unit = 0; unit < HIDDEN_GROUPS; unit += 1) {
    int kernel = HIDDEN + unit * HIDDEN_ROW;
    vec4 bias = weight(kernel);
    vec4 hiddenA = vec4(0.0);
    vec4 hiddenB = vec4(0.0);
    kernel += 1;
    EACH_PAIR(ADD_FEATURES)
    hiddenA = activated(HIDDEN_ACTIVATION, hiddenA * scales.y + bias);
    hiddenB = activated(HIDDEN_ACTIVATION, hiddenB * scales.y + bias);
    kernel += 4 * PAIRS;
    EACH_GROUP(ADD_HIDDEN)
  }
  EACH_GROUP(WRITE)
}
