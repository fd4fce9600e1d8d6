#version 300 es
// Covers the blocks of slots that take part in a pass, with three vertices per block: a triangle so wide that the
// viewport clips it to the block's whole rows. (Two triangles would shade every fragment quad on their diagonal twice,
// and in blocks of two rows those are all of them.) Blocks that take no part collapse to nothing here, so that they
// never reach the rasteriser.

#include "random.glsl"

#define BLOCK_ROWS 2.0
#define ALL_BLOCKS 0
#define FIRED_BLOCKS 1

// All blocks, those that fire in this step, or those that do not.
uniform int coverage;
// The first block to draw. The blocks before it are drawn by other passes, or are the null blocks, where nothing is
// ever drawn.
uniform int firstBlock;
// The number of rows of the target, and the row of slots that corresponds to its first one.
uniform float targetRows;
uniform float targetStart;
uniform uint seed;
uniform uint stepIndex;
uniform float dropout;

void main() {
  int block = firstBlock + gl_VertexID / 3;
  int corner = gl_VertexID % 3;
  bool fires = unitFromHash(hash3(seed, stepIndex, uint(block))) >= dropout;
  if (coverage != ALL_BLOCKS && fires != (coverage == FIRED_BLOCKS)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  // At the right edge the third side is a sixteenth of the block lower. That is an eighth of a row, which leaves every
  // sample inside.
  float x = corner == 1 ? 31.0 : -1.0;
  float row = (float(block) + (corner == 2 ? 1.0 : 0.0)) * BLOCK_ROWS - targetStart;
  gl_Position = vec4(x, row / targetRows * 2.0 - 1.0, 0.0, 1.0);
}
