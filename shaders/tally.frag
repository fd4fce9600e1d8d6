#version 300 es
// Counts the cells of a tile, one column of texels per tile:
// row 0: ink cells · undecided cells · cells that changed their label in the last step · sum of confidence bytes, whose
// highest bit is set if the state of any of them has run away
// row 1 + q: cells with the labels 4 q, 4 q + 1, 4 q + 2, 4 q + 3
precision highp float;
precision highp int;

#ifndef INK_BYTE
#define INK_BYTE 26
#endif

// Sums of confidence stay below this: a tile has at most 256 · 256 cells of at most 255.
#define RUNAWAY 0x80000000u

#include "slots.glsl"

uniform highp sampler2D cells;
uniform highp sampler2D labels;
uniform int tileColumns;
uniform int tileSize;
// The number of tiles side by side in the target, and of rows for each.
uniform int tilesAcross;
uniform int rowsOfTile;

layout(location = 0) out uvec4 counts;

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  int tile = (texel.y / rowsOfTile) * tilesAcross + texel.x;
  int row = texel.y % rowsOfTile;
  counts = uvec4(0u);
  uint runaway = 0u;
  ivec2 origin = ivec2(tile % tileColumns, tile / tileColumns) * tileSize;
  for (int y = 0; y < tileSize; y += 1) {
    for (int x = 0; x < tileSize; x += 1) {
      uvec4 cell = uvec4(texelFetch(cells, origin + ivec2(x, y), 0) * 255.0 + 0.5);
      if (cell.a < uint(INK_BYTE)) continue;
      uvec4 label = uvec4(texelFetch(labels, texelOfSlot(cell.r | (cell.g << 8) | (cell.b << 16)), 0) * 255.0 + 0.5);
      if (row == 0) {
        counts += uvec4(1u, label.r == 0u ? 1u : 0u, label.r != label.b ? 1u : 0u, label.g);
        if (label.a == 0u) runaway = RUNAWAY;
      } else {
        counts += uvec4(equal(ivec4(label.r), ivec4(1, 2, 3, 4) + 4 * (row - 1)));
      }
    }
  }
  counts.a |= runaway;
}
