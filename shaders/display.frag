#version 300 es
// Shows the coloured cells on the screen. A pixel is the average, by area, of
// all the cells under it: cells stay crisp where they are large, and none is
// skipped where many share a pixel.
precision highp float;
precision highp sampler2D;

// 1 where a pixel is no wider than a cell: one sample then suffices.
#ifndef SINGLE
#define SINGLE 0
#endif
// 1 draws lines between the tiles.
#ifndef GRID
#define GRID 0
#endif

// A cell each; filtered linearly, clamped to its edges.
uniform sampler2D uColors;
// Cells that a pixel spans.
uniform float uFootprint;
// Samples a pixel takes in each direction, so that each spans a cell at most.
uniform float uSamples;
// Cells from one tile to the next.
uniform float uTile;
uniform vec3 uGrid;

in vec2 vCell;
out vec4 color;

// The average over a square of `width` ≤ 1 cells. It touches at most two cells in each
// direction, so one bilinear fetch gives it exactly, from where the weights are the shares.
vec4 boxAverage(vec2 middle, float width, vec2 size) {
  vec2 boundary = floor(middle + 0.5);
  vec2 share = clamp((middle - boundary) / width + 0.5, 0.0, 1.0);
  return textureLod(uColors, (boundary - 0.5 + share) / size, 0.0);
}

void main() {
  vec2 size = vec2(textureSize(uColors, 0));
#if SINGLE
  vec4 shown = boxAverage(vCell, uFootprint, size);
#else
  float width = uFootprint / uSamples;
  vec2 start = vCell + 0.5 * (width - uFootprint);
  vec4 shown = vec4(0.0);
  for (float y = 0.0; y < uSamples; y += 1.0) {
    for (float x = 0.0; x < uSamples; x += 1.0) {
      shown += boxAverage(start + width * vec2(x, y), width, size);
    }
  }
  shown /= uSamples * uSamples;
#endif
#if GRID
  // A line of one pixel over the edge between two tiles.
  vec2 tiles = vCell / uTile;
  vec2 pixels = abs(tiles - round(tiles)) * uTile / uFootprint;
  vec2 cover = clamp(1.0 - pixels, 0.0, 1.0);
  shown = mix(shown, vec4(uGrid, 1.0), max(cover.x, cover.y));
#endif
  color = shown;
}
