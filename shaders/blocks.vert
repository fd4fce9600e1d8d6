#version 300 es
// Covers the blocks of slots that take part in a pass, one instance a block.
// The others collapse to nothing here, so that they never reach the rasteriser.

#ifndef BLOCK_WIDTH
#define BLOCK_WIDTH 512
#endif
#ifndef BLOCK_ROWS
#define BLOCK_ROWS 2
#endif

#include "slots.glsl"
#include "random.glsl"

#define BLOCKS_ACROSS (SLOT_WIDTH / BLOCK_WIDTH)

#define ALL_BLOCKS 0
#define FIRED_BLOCKS 1

uniform float slotRows;
// All blocks, those that fire in this step, or those that do not.
uniform int coverage;
uniform uint seed;
uniform uint stepIndex;
uniform float dropout;

void main() {
  // The first row of blocks is the null block's; nothing is ever drawn there.
  int block = gl_InstanceID + BLOCKS_ACROSS;
  bool fires = unitFromHash(hash3(seed, stepIndex, uint(block))) >= dropout;
  if (coverage != ALL_BLOCKS && fires != (coverage == FIRED_BLOCKS)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  ivec2 corner = ivec2(gl_VertexID & 1, gl_VertexID >> 1);
  ivec2 texel = (ivec2(block % BLOCKS_ACROSS, block / BLOCKS_ACROSS) + corner) * ivec2(BLOCK_WIDTH, BLOCK_ROWS);
  gl_Position = vec4(vec2(texel) / vec2(float(SLOT_WIDTH), slotRows) * 2.0 - 1.0, 0.0, 1.0);
}
