#version 300 es
// Shows the coloured cells on the screen. A pixel is the average, by area, of all the cells under it: large cells stay
// crisp, and no cell is skipped where many share a pixel.
precision highp float;
precision highp sampler2D;

// 1 if a pixel is no wider than a cell, so that one sample is enough.
#ifndef SINGLE
#define SINGLE 0
#endif
// 1 draws lines between the tiles.
#ifndef GRID
#define GRID 0
#endif

// One texel per cell; filtered linearly, clamped to the edges.
uniform sampler2D uColors;
// The number of cells that a pixel spans.
uniform float uFootprint;
// The number of samples of a pixel in each direction, so that each sample spans a cell at most.
uniform float uSamples;
// The inverse of the width of a sample, in cells.
uniform float uScale;
// The width and height of a texel of `uColors`, as shares of the texture.
uniform vec2 uTexel;
// The distance between two tiles, in cells.
uniform float uTile;
uniform vec3 uGrid;
// One texel per tile: the bounds of what is not blank in it, see `SimulationTextures.tileBounds`. All blank cells have one
// colour.
uniform sampler2D uBounds;
uniform vec4 uBackground;

in vec2 vCell;
out vec4 color;

// The average over a square of 1 / `scale` ≤ 1 cells. It touches at most two cells in each direction, so one bilinear fetch
// at the point where the weights equal the shares gives it exactly.
vec4 boxAverage(vec2 middle, float scale) {
  vec2 boundary = floor(middle + 0.5);
  vec2 share = clamp((middle - boundary) * scale, -0.5, 0.5);
  return textureLod(uColors, (boundary + share) * uTexel, 0.0);
}

// Whether a square of `width` cells touches no tile with ink or live cells.
bool isBlank(vec2 middle, float width) {
  ivec2 last = textureSize(uBounds, 0) - 1;
  ivec2 low = clamp(ivec2((middle - 0.5 * width) / uTile), ivec2(0), last);
  ivec2 high = clamp(ivec2((middle + 0.5 * width) / uTile), ivec2(0), last);
  bool blank = true;
  for (int row = low.y; row <= high.y; row += 1) {
    for (int column = low.x; column <= high.x; column += 1) {
      vec4 bounds = texelFetch(uBounds, ivec2(column, row), 0);
      blank = blank && bounds.x > bounds.z;
    }
  }
  return blank;
}

void main() {
#if SINGLE
  vec4 shown = boxAverage(vCell, uScale);
#else
  float width = uFootprint / uSamples;
  vec2 start = vCell + 0.5 * (width - uFootprint);
  vec4 shown = vec4(0.0);
  bool blank = isBlank(vCell, uFootprint);
  // A software GPU runs both sides of a condition, but no loop that ends at once.
  float samples = blank ? 0.0 : uSamples;
  for (float y = 0.0; y < samples; y += 1.0) {
    for (float x = 0.0; x < samples; x += 1.0) {
      shown += boxAverage(start + width * vec2(x, y), uScale);
    }
  }
  shown = blank ? uBackground : shown / (uSamples * uSamples);
#endif
#if GRID
  // A line, one pixel wide, over the edge between two tiles.
  vec2 tiles = vCell / uTile;
  vec2 pixels = abs(tiles - round(tiles)) * uTile / uFootprint;
  vec2 cover = clamp(1.0 - pixels, 0.0, 1.0);
  shown = mix(shown, vec4(uGrid, 1.0), max(cover.x, cover.y));
#endif
  color = shown;
}
