#version 300 es
// Counts the cells of a tile, one texel per tile and band. The counts of a tile are rows of four numbers:
// row 0: ink cells · undecided cells · cells that changed their label in the last step · sum of confidence bytes, whose
// highest bit is set if the state of any of them has run away
// row 1 + q: cells with the labels 4 q, 4 q + 1, 4 q + 2, 4 q + 3
// Band b holds the rows from TARGETS · b on, one in each target.
precision highp float;
precision highp int;

#include "repeat.glsl"

#ifndef INK_BYTE
#define INK_BYTE 26
#endif
#ifndef TARGETS
#define TARGETS 4
#endif

// Sums of confidence stay below this: a tile has at most 256 · 256 cells of at most 255.
#define RUNAWAY 0x80000000u

#include "slots.glsl"

uniform highp sampler2D cells;
uniform highp sampler2D labels;
// One texel per tile: its bounds, see `SimulationTextures.tileBounds`.
uniform highp sampler2D bounds;
uniform int tileSize;
// The number of tiles side by side in the target.
uniform int tilesAcross;
uniform int bands;

layout(location = 0) out uvec4 counts0;
#if TARGETS > 1
layout(location = 1) out uvec4 counts1;
#endif
#if TARGETS > 2
layout(location = 2) out uvec4 counts2;
#endif
#if TARGETS > 3
layout(location = 3) out uvec4 counts3;
#endif

// What one cell adds to a row.
uvec4 countsOf(int row, uvec4 label) {
  return row == 0
    ? uvec4(1u, label.r == 0u ? 1u : 0u, label.r != label.b ? 1u : 0u, label.g)
    : uvec4(equal(ivec4(label.r), ivec4(1, 2, 3, 4) + 4 * (row - 1)));
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  int tile = (texel.y / bands) * tilesAcross + texel.x;
  int firstRow = texel.y % bands * TARGETS;
  ivec2 size = textureSize(bounds, 0);
  ivec2 place = ivec2(tile % size.x, tile / size.x);
  ivec4 edges = place.y < size.y ? ivec4(texelFetch(bounds, place, 0) * 255.0 + 0.5) : ivec4(1, 0, 0, 0);
  ivec2 origin = place * tileSize;
  uvec4 counts[TARGETS];
  uint runaway = 0u;
#define CLEAR(target) counts[target] = uvec4(0u);
#define COUNT(target) counts[target] += countsOf(firstRow + target, label);
#if TARGETS == 1
#define EACH_TARGET(DO) REPEAT_1(DO)
#elif TARGETS == 2
#define EACH_TARGET(DO) REPEAT_2(DO)
#elif TARGETS == 3
#define EACH_TARGET(DO) REPEAT_3(DO)
#else
#define EACH_TARGET(DO) REPEAT_4(DO)
#endif
  EACH_TARGET(CLEAR)
  // The last column of a blank tile is before its first one.
  for (int y = edges.y; y <= edges.w; y += 1) {
    for (int x = edges.x; x <= edges.z; x += 1) {
      uvec4 cell = uvec4(texelFetch(cells, origin + ivec2(x, y), 0) * 255.0 + 0.5);
      for (bool isInk = cell.a >= uint(INK_BYTE); isInk; isInk = false) {
        uvec4 label = uvec4(texelFetch(labels, texelOfSlot(cell.r | (cell.g << 8) | (cell.b << 16)), 0) * 255.0 + 0.5);
        EACH_TARGET(COUNT)
        if (label.a == 0u) runaway = RUNAWAY;
      }
    }
  }
  counts0 = counts[0];
  if (firstRow == 0) counts0.a |= runaway;
#if TARGETS > 1
  counts1 = counts[1];
#endif
#if TARGETS > 2
  counts2 = counts[2];
#endif
#if TARGETS > 3
  counts3 = counts[3];
#endif
}
