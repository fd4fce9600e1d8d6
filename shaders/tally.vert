#version 300 es
// Covers a tile's column of counts with a strip of four vertices.
precision highp int;

layout(location = 0) in uint tile;

// The number of tiles side by side in the target, and of rows for each.
uniform int tilesAcross;
uniform int rowsOfTile;
uniform ivec2 targetSize;

void main() {
  // Tiles beyond the target's width continue in further bands of rows.
  ivec2 origin = ivec2(int(tile) % tilesAcross, int(tile) / tilesAcross * rowsOfTile);
  ivec2 corner = origin + ivec2(gl_VertexID & 1, gl_VertexID >> 1) * ivec2(1, rowsOfTile);
  gl_Position = vec4(vec2(corner) / vec2(targetSize) * 2.0 - 1.0, 0.0, 1.0);
}
