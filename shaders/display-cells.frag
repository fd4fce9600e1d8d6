#version 300 es
// Gives every cell of the canvas its colour, a texel a cell. One program for all
// views, as programs take long to start; what a view does not ask for is not even
// fetched, since all cells take the same branch.
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

#include "slots.glsl"

// A cell each: rgb the slot, low byte first, 0 for none; a the ink.
uniform sampler2D cells;
// A slot each: r the label + 1, 0 undecided; g the confidence; b the label + 1 a step before.
uniform sampler2D labels;
// The colours of labels: texel 0 undecided, then one a class.
uniform sampler2D palette;
// A tile each: r the majority's label + 1, 0 for none.
uniform sampler2D votes;
// A slot each: the four channels among which the one to show is.
uniform sampler2D stateRed;
uniform sampler2D stateGreen;
uniform sampler2D stateBlue;

// Which component of the three state textures to show, as a mask; all zero stands for the ink.
uniform vec4 maskRed;
uniform vec4 maskGreen;
uniform vec4 maskBlue;
// Cells from one tile to the next.
uniform int tile;
uniform int view;

uniform vec3 background;
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

// From low over middle to high as t goes from 0 to 1.
vec3 ramp(float t) {
  return mix(mix(rampLow, rampMiddle, min(1.0, 2.0 * t)), rampHigh, max(0.0, 2.0 * t - 1.0));
}

// States live mostly within ±0.5; this much of them is what the eye sees best.
#define GAIN 4.0

// Any value to 0…1, 0.5 for zero; monotone, so that no two values look alike by wrapping.
float squash(float value) {
  float loud = GAIN * value;
  return 0.5 + 0.5 * loud / (1.0 + abs(loud));
}

float channelOf(sampler2D state, vec4 mask, ivec2 texel, float ink) {
  return mask == vec4(0.0) ? ink : dot(texelFetch(state, texel, 0), mask);
}

// What a slot's channels look like.
vec3 channelColor(ivec2 texel, float ink) {
  float red = squash(channelOf(stateRed, maskRed, texel, ink));
  if (view == VIEW_CHANNEL) return ramp(red);
  float green = squash(channelOf(stateGreen, maskGreen, texel, ink));
  float blue = squash(channelOf(stateBlue, maskBlue, texel, ink));
  return vec3(red, green, blue);
}

// What a slot says, by itself or beside what others say; `opinion` is a texel of the labels.
vec3 opinionColor(vec4 opinion, ivec2 cell) {
  int label = byteOf(opinion.r);
  if (view == VIEW_LABEL) return texelFetch(palette, ivec2(label, 0), 0).rgb;
  if (view == VIEW_CONFIDENCE) return ramp(opinion.g);
  if (view == VIEW_FLICKER) return label == byteOf(opinion.b) ? calm : alarm;
  int vote = byteOf(texelFetch(votes, cell / tile, 0).r);
  return label == 0 ? undecided : label == vote ? calm : alarm;
}

vec3 cellColor(ivec2 cell) {
  vec4 entry = texelFetch(cells, cell, 0);
  float ink = entry.a;
  if (view == VIEW_INK) return mix(background, undecided, ink);
  int slot = byteOf(entry.r) | byteOf(entry.g) << 8 | byteOf(entry.b) << 16;
  ivec2 texel = texelOfSlot(uint(slot));
  if (view == VIEW_CHANNEL || view == VIEW_CHANNELS) return slot == 0 ? background : channelColor(texel, ink);
  // Ink too faint to live has no slot; it is shown as what it is, ink that says nothing.
  vec4 opinion = slot == 0 ? vec4(0.0) : texelFetch(labels, texel, 0);
  // But for the label, the views are about the cell, not its ink: a cell of half ink counts in full, fainter ones fade out.
  float presence = view == VIEW_LABEL ? ink : min(1.0, 2.0 * ink);
  return mix(background, opinionColor(opinion, cell), presence);
}

void main() {
  color = vec4(cellColor(ivec2(gl_FragCoord.xy)), 1.0);
}
