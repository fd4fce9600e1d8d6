#version 300 es
// Computes the colour of every cell of the canvas, one texel per cell. There is one program for each view, so that a
// view fetches only what it needs.
precision highp float;
precision highp int;
precision highp sampler2D;

// The views, numbered as in engine/view/views.ts.
#define VIEW_LABEL 0
#define VIEW_CONFIDENCE 1
#define VIEW_DISAGREEMENT 2
#define VIEW_FLICKER 3
#define VIEW_INK 4
#define VIEW_CHANNEL 5
#define VIEW_CHANNELS 6

#ifndef VIEW
#define VIEW VIEW_LABEL
#endif

#include "slots.glsl"

// One texel per cell: rgb is the slot, low byte first, 0 for none; a is the ink.
uniform sampler2D cells;
// One texel per slot: r is the label + 1, 0 if undecided; g is the confidence; b is the label + 1 of the previous step.
uniform sampler2D labels;
// The colours of labels: texel 0 for undecided, then one per class.
uniform sampler2D palette;
// One texel per tile: r is the majority's label + 1, 0 for none, VOTE_UNKNOWN if it has not been measured.
#define VOTE_UNKNOWN 255
uniform sampler2D votes;
// One texel per slot: the four channels that include the one to show.
uniform sampler2D stateRed;
uniform sampler2D stateGreen;
uniform sampler2D stateBlue;

// Which component of the three state textures to show, as a mask. All zero stands for the ink.
uniform vec4 maskRed;
uniform vec4 maskGreen;
uniform vec4 maskBlue;
// The distance between two tiles, in cells.
uniform int tile;

// With premultiplied alpha.
uniform vec4 background;
uniform vec3 undecided;
uniform vec3 calm;
uniform vec3 alarm;
uniform vec3 rampLow;
uniform vec3 rampMiddle;
uniform vec3 rampHigh;

out vec4 color;

int byteOf(float value) {
  return int(value * 255.0 + 0.5);
}

// From low through middle to high as t goes from 0 to 1.
vec3 ramp(float t) {
  return mix(mix(rampLow, rampMiddle, min(1.0, 2.0 * t)), rampHigh, max(0.0, 2.0 * t - 1.0));
}

// States are mostly within ±0.5. This range is the easiest to distinguish by eye.
#define GAIN 4.0

// Maps any value to 0…1, and zero to 0.5. It is monotone, so that no two values look alike because of wrapping.
float squash(float value) {
  float loud = GAIN * value;
  return 0.5 + 0.5 * loud / (1.0 + abs(loud));
}

float channelOf(sampler2D state, vec4 mask, ivec2 texel, float ink) {
  return mask == vec4(0.0) ? ink : dot(texelFetch(state, texel, 0), mask);
}

// The colour of a cell that has ink or lives.
vec4 colorOf(ivec2 cell, vec4 entry) {
  float ink = entry.a;
#if VIEW == VIEW_INK
  return mix(background, vec4(undecided, 1.0), ink);
#else
  int slot = byteOf(entry.r) | byteOf(entry.g) << 8 | byteOf(entry.b) << 16;
  ivec2 texel = texelOfSlot(uint(slot));
#if VIEW == VIEW_CHANNEL || VIEW == VIEW_CHANNELS
  float red = squash(channelOf(stateRed, maskRed, texel, ink));
#if VIEW == VIEW_CHANNEL
  vec3 shown = ramp(red);
#else
  float green = squash(channelOf(stateGreen, maskGreen, texel, ink));
  float blue = squash(channelOf(stateBlue, maskBlue, texel, ink));
  vec3 shown = vec3(red, green, blue);
#endif
  return slot == 0 ? background : vec4(shown, 1.0);
#else
  // Ink too faint to live has no slot. It is shown as what it is: undecided ink.
  vec4 opinion = slot == 0 ? vec4(0.0) : texelFetch(labels, texel, 0);
#if VIEW == VIEW_LABEL
  vec3 shown = texelFetch(palette, ivec2(byteOf(opinion.r), 0), 0).rgb;
  return mix(background, vec4(shown, 1.0), ink);
#else
  // These views show the cell, not its ink: a cell with half ink counts fully, and fainter ones fade out.
  float presence = min(1.0, 2.0 * ink);
  int label = byteOf(opinion.r);
#if VIEW == VIEW_CONFIDENCE
  vec3 shown = ramp(opinion.g);
#elif VIEW == VIEW_FLICKER
  vec3 shown = label == byteOf(opinion.b) ? calm : alarm;
#else
  int vote = byteOf(texelFetch(votes, cell / tile, 0).r);
  vec3 shown = label == 0 || vote == VOTE_UNKNOWN ? undecided : label == vote ? calm : alarm;
#endif
  return mix(background, vec4(shown, 1.0), presence);
#endif
#endif
#endif
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  vec4 entry = texelFetch(cells, cell, 0);
  color = background;
  // Most cells are blank. A software GPU runs both sides of a condition, but skips a loop that none of its pixels enter.
  for (bool isBlank = entry == vec4(0.0); !isBlank; isBlank = true) color = colorOf(cell, entry);
}
