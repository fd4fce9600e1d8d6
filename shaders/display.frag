#version 300 es
// Colours a pixel by the cells under it. The pixel's footprint is averaged over
// every cell it touches, by area: cells stay crisp when they are large, and none
// is skipped when many share a pixel.
precision highp float;
precision highp int;
precision highp sampler2D;

#ifndef CLASS_LIMIT
#define CLASS_LIMIT 32
#endif

// The views, numbered as in engine/view/views.ts.
#define VIEW_LABEL 0
#define VIEW_CONFIDENCE 1
#define VIEW_DISAGREEMENT 2
#define VIEW_FLICKER 3
#define VIEW_INK 4
#define VIEW_CHANNEL 5
#define VIEW_CHANNELS 6

// A cell each: rgb the slot, low byte first, 0 for none; a the ink.
uniform sampler2D uCells;
// A slot each: r the label + 1, 0 undecided; g the confidence; b the label + 1 a step before.
uniform sampler2D uLabels;
// A tile each: r the majority's label + 1, 0 for none.
uniform sampler2D uVotes;
// A slot each: the four channels among which the one to show is.
uniform sampler2D uStateRed;
uniform sampler2D uStateGreen;
uniform sampler2D uStateBlue;

// Cells that a pixel spans in each direction.
uniform vec2 uFootprint;
uniform float uView;
// Which component of the three state textures to show; −1 stands for the ink.
uniform vec3 uComponents;
// Cells from one tile to the next.
uniform float uTile;
// Opacity of the lines between tiles.
uniform float uGridOpacity;

uniform vec3 uBackground;
uniform vec3 uUndecided;
uniform vec3 uGrid;
uniform vec3 uCalm;
uniform vec3 uAlarm;
uniform vec3 uRampLow;
uniform vec3 uRampMiddle;
uniform vec3 uRampHigh;
uniform vec4 uClasses[CLASS_LIMIT];

in vec2 vCell;
out vec4 color;

int byteOf(float value) {
  return int(value * 255.0 + 0.5);
}

vec3 labelColor(int labelPlusOne) {
  return labelPlusOne == 0 ? uUndecided : uClasses[min(labelPlusOne, CLASS_LIMIT) - 1].rgb;
}

// From low over middle to high as t goes from 0 to 1.
vec3 ramp(float t) {
  return t < 0.5 ? mix(uRampLow, uRampMiddle, 2.0 * t) : mix(uRampMiddle, uRampHigh, 2.0 * t - 1.0);
}

// Any value to 0…1, 0.5 for zero; monotone, so that no two values look alike by wrapping.
float squash(float value) {
  return 0.5 + 0.5 * value / (1.0 + abs(value));
}

float componentOf(sampler2D state, ivec2 texel, float component, float ink) {
  if (component < 0.0) return ink;
  return texelFetch(state, texel, 0)[int(component)];
}

vec3 cellColor(ivec2 cell) {
  vec4 entry = texelFetch(uCells, cell, 0);
  int slot = byteOf(entry.r) | byteOf(entry.g) << 8 | byteOf(entry.b) << 16;
  float ink = entry.a;
  int view = int(uView);
  if (view == VIEW_INK) return mix(uBackground, uUndecided, ink);
  if (slot == 0) return view >= VIEW_CHANNEL ? uBackground : mix(uBackground, uUndecided, ink);

  int slotsWide = textureSize(uLabels, 0).x;
  ivec2 texel = ivec2(slot % slotsWide, slot / slotsWide);
  if (view == VIEW_CHANNEL) {
    return ramp(squash(componentOf(uStateRed, texel, uComponents.r, ink)));
  }
  if (view == VIEW_CHANNELS) {
    return vec3(
      squash(componentOf(uStateRed, texel, uComponents.r, ink)),
      squash(componentOf(uStateGreen, texel, uComponents.g, ink)),
      squash(componentOf(uStateBlue, texel, uComponents.b, ink))
    );
  }
  if (ink == 0.0) return uBackground;

  vec4 opinion = texelFetch(uLabels, texel, 0);
  int label = byteOf(opinion.r);
  if (view == VIEW_LABEL) return mix(uBackground, labelColor(label), ink);

  // These views are about the cell, not its ink: a cell of half ink counts in full, fainter ones fade out.
  float presence = min(1.0, 2.0 * ink);
  vec3 shown;
  if (view == VIEW_CONFIDENCE) {
    shown = ramp(opinion.g);
  } else if (view == VIEW_FLICKER) {
    shown = label == byteOf(opinion.b) ? uCalm : uAlarm;
  } else {
    int vote = byteOf(texelFetch(uVotes, cell / int(uTile), 0).r);
    shown = label == 0 ? uUndecided : label == vote ? uCalm : uAlarm;
  }
  return mix(uBackground, shown, presence);
}

// How much of a line between tiles, one pixel wide, covers this pixel.
float gridCover() {
  vec2 tiles = vCell / uTile;
  vec2 pixels = abs(tiles - round(tiles)) * uTile / uFootprint;
  vec2 cover = clamp(1.0 - pixels, 0.0, 1.0);
  return max(cover.x, cover.y);
}

void main() {
  vec2 size = vec2(textureSize(uCells, 0));
  vec2 low = clamp(vCell - 0.5 * uFootprint, vec2(0.0), size);
  vec2 high = clamp(vCell + 0.5 * uFootprint, vec2(0.0), size);
  // A thousandth of a cell of slack spares the neighbours that only rounding would bring in.
  ivec2 first = ivec2(floor(low + 1e-3));
  ivec2 last = max(first, ivec2(ceil(high - 1e-3)) - 1);
  last = min(last, ivec2(size) - 1);
  first = min(first, last);

  vec3 shown = vec3(0.0);
  if (first == last) {
    shown = cellColor(first);
  } else {
    float total = 0.0;
    for (int y = first.y; y <= last.y; ++y) {
      for (int x = first.x; x <= last.x; ++x) {
        vec2 overlap = max(min(high, vec2(x + 1, y + 1)) - max(low, vec2(x, y)), vec2(1e-6));
        float area = overlap.x * overlap.y;
        shown += area * cellColor(ivec2(x, y));
        total += area;
      }
    }
    shown /= total;
  }
  if (uGridOpacity > 0.0) shown = mix(shown, uGrid, uGridOpacity * gridCover());
  color = vec4(shown, 1.0);
}
