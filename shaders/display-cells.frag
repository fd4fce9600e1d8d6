#version 300 es
// Gives every cell of the canvas its colour, a texel a cell. One program for
// each view: what a view does not ask for is not even fetched.
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

// A cell each: rgb the slot, low byte first, 0 for none; a the ink.
uniform sampler2D cells;
// A slot each: r the label + 1, 0 undecided; g the confidence; b the label + 1 a step before.
uniform sampler2D labels;
// The colours of labels: texel 0 undecided, then one a class.
uniform sampler2D palette;
// A tile each: r the majority's label + 1, 0 for none, VOTE_UNKNOWN where it has not been measured.
#define VOTE_UNKNOWN 255
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

// With its opacity, by which the colour is multiplied.
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

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  vec4 entry = texelFetch(cells, cell, 0);
  float ink = entry.a;
#if VIEW == VIEW_INK
  color = mix(background, vec4(undecided, 1.0), ink);
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
  color = slot == 0 ? background : vec4(shown, 1.0);
#else
  // Ink too faint to live has no slot; it is shown as what it is, ink that says nothing.
  vec4 opinion = slot == 0 ? vec4(0.0) : texelFetch(labels, texel, 0);
#if VIEW == VIEW_LABEL
  vec3 shown = texelFetch(palette, ivec2(byteOf(opinion.r), 0), 0).rgb;
  color = mix(background, vec4(shown, 1.0), ink);
#else
  // These views are about the cell, not its ink: a cell of half ink counts in full, fainter ones fade out.
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
  color = mix(background, vec4(shown, 1.0), presence);
#endif
#endif
#endif
}
